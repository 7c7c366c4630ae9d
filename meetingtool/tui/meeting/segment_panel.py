"""The part of the meeting that runs: what belongs to it, and below it what was told."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from meetingtool.tui.lists.columns_row import FittingTable
from meetingtool.tui.meeting.told_list import ToldList

LOW = 4
"""With as few lines as this the stories that were told get all of them."""


class TopicCard(Static):
    """What belongs to the segment."""

    class Clicked(Message):
        """Somebody clicked on it."""

    def on_click(self) -> None:
        self.post_message(self.Clicked())


class SegmentPanel(Vertical):
    """The card of the segment gets the room that the stories leave, and at least three fifths."""

    _topic = FittingTable(())

    def compose(self) -> ComposeResult:
        yield TopicCard(id="topic", markup=False)
        yield ToldList(id="stories")

    def show_topic(self, topic: FittingTable) -> None:
        """Show the card of a segment; one that looks the same is not drawn again."""
        if topic.looks != self._topic.looks:
            card = self.query_one("#topic", Static)
            across = max(card.content_size.width, 1)
            card.update(topic, layout=topic.get_height({}, across) != self._topic.get_height({}, across))
            self._topic = topic

    def share_room(self) -> None:
        """Give the card what the stories leave, as soon as it is known how much room there is."""
        room, stories = self.content_size, self.query_one(ToldList)
        stories.display = stories.count > 0
        if room.height:
            taken = stories.get_content_height(room, room, room.width) + 1 if stories.display else 0
            topic = self.query_one("#topic")
            topic.display = room.height > LOW or not stories.display
            topic.styles.max_height = max(room.height - taken, room.height * 3 // 5)

    def on_resize(self) -> None:
        self.share_room()
