"""The employee's answer in the HTML copy: a form that saves a small file, without a network."""

from __future__ import annotations

import re
from html import escape

from meetingtool.documents.formats.paper_html import POLICY
from meetingtool.documents.formats.writing import file_name
from meetingtool.documents.people.evaluation_display import Display

_FORM = """<form id="answer" class="needs" data-to="DIGEST" data-file="FILE"><p><b>Answer here</b>, save the file, and
give it to your manager. Nothing is sent anywhere.</p>
<p><label><input type="radio" name="view" value="true" required> I agree</label> &emsp;
<label><input type="radio" name="view" value="false"> I disagree; my comment says why</label> &emsp;
<label><input type="radio" name="view" value="null"> I have received it and give no view</label></p>
<p><label>Comment<br><textarea name="comment" rows="6"></textarea></label></p>
<p><button>Save my answer as a file</button> <output class="told" role="status"></output></p></form>
<script>SCRIPT</script>
"""
"""Part of the employee's copy while an answer is awaited."""

_SCRIPT = """
var form = document.getElementById("answer"), told = form.querySelector("output");
form.addEventListener("input", function () { told.textContent = ""; });
form.addEventListener("submit", function (event) {
  event.preventDefault();
  var view = JSON.parse(form.elements.view.value), comment = form.elements.comment.value;
  if (view === false && !comment.trim()) {
    told.textContent = "Not saved: say in the comment why you disagree.";
    form.elements.comment.focus();
    return;
  }
  var answer = JSON.stringify({answer_to: form.dataset.to, agrees: view, comment: comment});
  var link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([answer], {type: "application/json"}));
  link.download = form.dataset.file;
  link.click();
  told.textContent = "Your browser saves " + form.dataset.file + ". Give that file to your manager.";
});
"""


def form(shown: Display) -> str:
    """The form for the answer, bound to what was shared."""
    name = file_name(f"answer of {shown.short_name} {shown.identity.removeprefix('@')} {shown.period}", ".json")
    marks = {"DIGEST": escape(shown.answer_to), "FILE": escape(name), "SCRIPT": _SCRIPT}
    return re.sub("DIGEST|FILE|SCRIPT", lambda mark: marks[mark[0]], _FORM)


def policy(shown: Display) -> str:
    """What the page may do: nothing, except run the one script that saves an answer while one is awaited."""
    if not shown.answer_to:
        return POLICY
    from base64 import b64encode
    from hashlib import sha256

    return f"{POLICY}; script-src 'sha256-{b64encode(sha256(_SCRIPT.encode()).digest()).decode()}'"
