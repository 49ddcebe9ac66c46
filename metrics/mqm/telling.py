"""What was said and done, in words: for toasts, lists and the linear dialogue alike."""

from metrics.mqm.model import Act, Annotation, Deed, Unit
from metrics.mqm.typology import Typology
from metrics.wording import count

#: Characters of a marked text that are quoted.
_QUOTED = 40


def quoted(text: str) -> str:
    """Words of a text in quotation marks, shortened; as little to be trusted as they are."""
    return f"“{text if len(text) <= _QUOTED else text[: _QUOTED - 1] + '…'}”"


def annotation_told(annotation: Annotation, text: str, typology: Typology) -> str:
    """An annotation in a few words; `text` is the whole text of its side."""
    where = quoted(text[annotation.start : annotation.end]) if annotation.end > annotation.start else "the passage"
    return f"{annotation.severity} {typology.label(annotation.category)} on {where}"


def act_told(act: Act, unit: Unit | None, annotation: Annotation | None, typology: Typology) -> str:
    """What an act does, in a few words. `annotation` is the one that it adds, changes or removes."""
    if act.deed in (Deed.ANNOTATE, Deed.REMOVE):
        what = "mark" if act.deed is Deed.ANNOTATE else "removal"
        if annotation is None:
            return what
        return f"{what}: {annotation_told(annotation, unit.text(annotation.side) if unit else '', typology)}"
    if act.deed is Deed.DISPOSE:
        said = act.body["disposition"]
        return "passage open again" if said is None else f"passage called {said}"
    if act.deed is Deed.DISMISS:
        findings = act.body["findings"]
        back = "brought back" if act.body.get("back") else "dismissed"
        if len(findings) == 1 and " " not in findings[0]:
            return f"findings of kind {findings[0]} {back} {'here' if act.unit else 'everywhere'}"
        kinds = ", ".join(dict.fromkeys(finding.partition(" ")[0] for finding in findings))
        return f"{count(len(findings), 'finding')} {back} ({kinds})"
    return f"alignment: {act.body.get('what', 'changed')}"
