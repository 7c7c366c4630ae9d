"""What the columns of a roster can hold, and the names that HR systems and people give such columns."""

from __future__ import annotations

from meetingtool.importers.columns import Field

ROSTER_FIELDS = (
    Field(
        "name",
        "name",
        (
            *("fullname", "employeename", "nameofemployee", "completename", "displayname", "name", "names"),
            *("staffname", "agentname", "teammembername", "membername", "personname", "lastnamefirstname"),
            *("lastfirst", "namelastfirst", "teammember", "staffmember", "employee", "agent", "colleague", "associate"),
            *("person", "people", "staff", "member", "worker", "who", "nomcomplet", "nometprenom", "nomprenom"),
            *("prenomnom", "nom", "vollstandigername", "mitarbeiter", "mitarbeitername", "mitarbeiterin"),
            *("nombrecompleto", "nombreyapellidos", "apellidosynombre", "nombre", "empleado", "nomecompleto", "nome"),
            *("nominativo", "naam", "navn", "namn", "nimi"),
        ),
    ),
    Field(
        "first",
        "first name",
        ("firstname", "givenname", "givennames", "forename", "forenames", "first", "given", "prenom", "vorname")
        + ("primernombre", "voornaam", "fornavn", "fornamn", "etunimi"),
    ),
    Field("middle", "middle name", ("middlename", "middlenames", "middleinitial", "middle", "mi", "segundonombre")),
    Field(
        "last",
        "last name",
        ("lastname", "surname", "familyname", "last", "family", "nomdefamille", "nachname", "familienname", "zuname")
        + ("apellidos", "apellido", "cognome", "sobrenome", "achternaam", "etternavn", "efternavn", "efternamn")
        + ("sukunimi",),
    ),
    Field(
        "nicknames",
        "nicknames",
        (
            "nicknames",
            "nickname",
            "knownas",
            "alsoknownas",
            "aka",
            "goesby",
            "calledname",
            "callname",
            "alias",
            "aliases",
        )
        + ("preferredname", "preferredfirstname", "surnom", "rufname", "spitzname", "apodo", "soprannome"),
    ),
    Field("handle", "handle", ("handle", "handles", "kurzel")),
    Field(
        "role",
        "role",
        ("role", "jobtitle", "position", "positiontitle", "jobrole", "title", "job", "function", "designation")
        + ("occupation", "poste", "fonction", "rolle", "stelle", "funktion", "position", "puesto", "cargo", "ruolo")
        + ("functie", "stilling", "befattning"),
    ),
    Field(
        "department",
        "department",
        ("department", "departmentname", "dept", "deptname", "team", "teamname", "unit", "division", "section", "desk")
        + (
            "group",
            "departement",
            "service",
            "abteilung",
            "bereich",
            "departamento",
            "reparto",
            "afdeling",
            "avdeling",
        ),
    ),
    Field(
        "email",
        "e-mail",
        ("email", "emailaddress", "workemail", "workemailaddress", "businessemail", "companyemail", "emailid", "mail")
        + ("mailaddress", "courriel", "adressemail", "adresseemail", "mailadresse", "correo", "correoelectronico"),
    ),
    Field(
        "number",
        "employee number",
        ("employeenumber", "employeeid", "empid", "employeeno", "empno", "empnumber", "employeecode", "empcode")
        + ("staffnumber", "staffid", "staffno", "personnelnumber", "personnelno", "personnelid", "payrollnumber")
        + ("payrollid", "payrollno", "workerid", "associateid", "agentid", "personid", "hrid", "badgenumber", "badge")
        + ("matricule", "personalnummer", "mitarbeiternummer", "numerodeempleado", "matricola", "id", "number"),
    ),
    Field(
        "started",
        "start date",
        ("startdate", "startingdate", "dateofhire", "hiredate", "hiringdate", "datehired", "hiredon", "hired")
        + ("dateofjoining", "joiningdate", "datejoined", "joindate", "joinedon", "joined", "doj", "dateemployed")
        + ("employmentdate", "employmentstartdate", "employmentstart", "originalhiredate", "dateofentry", "entrydate")
        + (
            "datestarted",
            "started",
            "starting",
            "start",
            "from",
            "since",
            "employedsince",
            "eintrittsdatum",
            "eintritt",
        )
        + ("beginn", "datedembauche", "datedentree", "fechadeingreso", "fechadealta", "fechadeinicio")
        + ("datadiassunzione", "dataassunzione", "datumindienst", "ansattdato"),
    ),
    Field(
        "left",
        "leaving date",
        ("leavingdate", "dateofleaving", "leavedate", "dateleft", "lefton", "dateofdeparture", "departuredate")
        + ("dateoftermination", "terminationdate", "termdate", "dateterminated", "terminatedon", "separationdate")
        + ("exitdate", "dateofexit", "dateofresignation", "lastworkingday", "lastworkday", "lastdayofwork", "lastday")
        + ("employmentenddate", "employmentend", "enddate", "dateended", "left", "leaving", "until", "end")
        + ("austrittsdatum", "austritt", "datedesortie", "datededepart", "fechadebaja", "fechadesalida")
        + ("datadicessazione", "datacessazione", "datumuitdienst"),
    ),
    Field(
        "status",
        "status",
        ("employmentstatus", "employeestatus", "empstatus", "workerstatus", "staffstatus", "hrstatus", "status")
        + ("statut", "estado", "stato", "isactive", "active", "aktiv", "actif", "activo"),
    ),
)

YES_MEANS_HERE = frozenset({"isactive", "active", "aktiv", "actif", "activo"})
"""Status columns whose name is a question: "no" in them says that a person has left."""

GONE_WORDS = frozenset(
    {
        *("left", "leaver", "gone", "former", "ex", "inactive", "terminated", "terminate", "resigned", "retired"),
        *("dismissed", "quit", "departed", "separated", "fired", "redundant", "deceased", "offboarded", "termed"),
        *("ausgeschieden", "inaktiv", "gekundigt", "inactif", "parti", "baja", "inactivo", "cessato", "uitdienst"),
    }
)
"""Words in a status that say that a person has left."""

HERE_WORDS = frozenset({"active", "employed", "current", "aktiv", "actif", "activo", "attivo", "working"})
NO_WORDS = frozenset({"no", "n", "false", "0", "nein", "non"})
