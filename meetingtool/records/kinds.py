"""Every kind of record, as one union for reading books."""

from meetingtool.records.alerts import Alert, Comparison, Telling
from meetingtool.records.complaints import Complaint
from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.records.customers import Customer, CustomerList
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Agenda, Meeting
from meetingtool.records.mentions import Mention
from meetingtool.records.people import Person
from meetingtool.records.philosophy import Group, Statement
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.pulse import PulseRound
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.surveys import Batch, LeftOut, Survey
from meetingtool.records.talks import Talk
from meetingtool.records.team import Settings
from meetingtool.records.training import Course, Session
from meetingtool.records.voices import Voice

AnyRecord = (
    Person
    | Standard
    | Settings
    | Agenda
    | Question
    | Scenario
    | Meeting
    | Story
    | FollowUp
    | Rating
    | Evaluation
    | Survey
    | Batch
    | LeftOut
    | Mention
    | Alert
    | Comparison
    | Telling
    | Voice
    | Course
    | Session
    | Complaint
    | Customer
    | CustomerList
    | Contact
    | HandsOn
    | Statement
    | Group
    | Talk
    | PulseRound
)
