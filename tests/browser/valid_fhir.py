"""Holds questionnaires against FHIR R4: their form by fhir.resources, then what that leaves out.

`Questionnaire` is the same in R4 (4.0.1) and R4B (4.3.0), which is the one fhir.resources has. Its models hold names,
types and cardinalities. Codes and the invariants que-0 to que-13 of http://hl7.org/fhir/R4/questionnaire.html are held
here, and that no condition asks for an option that cannot be chosen.
"""

import re
import sys

from fhir.resources.R4B.questionnaire import Questionnaire, QuestionnaireItem, QuestionnaireItemEnableWhen

TYPES = set(
    "group display boolean decimal integer date dateTime time string text url choice open-choice attachment reference "
    "quantity".split()
)
WITH_OPTIONS = {"choice", "open-choice", "decimal", "integer", "date", "dateTime", "time", "string", "quantity"}


def codes(model, field):
    """The codes a field may have, as the library knows them."""
    return set(model.model_fields[field].json_schema_extra["enum_values"])


STATUS = codes(Questionnaire, "status")
BEHAVIOUR = codes(QuestionnaireItem, "enableBehavior")
OPERATORS = codes(QuestionnaireItemEnableWhen, "operator")


def below(items):
    """All items, also those within others."""
    for item in items or []:
        yield item
        yield from below(item.item)


def flaws(form):
    """What is wrong with a questionnaire of the right form."""
    items = list(below(form.item))
    ids = [item.linkId for item in items]
    by_id = dict(zip(ids, items))
    if form.status not in STATUS:
        yield f"status {form.status} is no publication status"
    if form.name and not re.fullmatch(r"[A-Z]([A-Za-z0-9_]){0,254}", form.name):
        yield f"que-0: {form.name} is no name"
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield f"que-2: linkId {id} is there {ids.count(id)} times"
    for item in items:
        for flaw in flaws_of_item(item, by_id):
            yield f"{item.linkId}: {flaw}"


def flaws_of_item(item, by_id):
    group, display = item.type == "group", item.type == "display"
    conditions = item.enableWhen or []
    rules = [
        (item.type in TYPES, f"{item.type} is no type of item"),
        (not group or item.item, "que-1: a group holds items"),
        (not display or not item.item, "que-1: a text holds no items"),
        (not display or not item.code, "que-3: a text has no code"),
        (not item.answerOption or not item.answerValueSet, "que-4: options, or a value set"),
        (item.type in WITH_OPTIONS or not (item.answerOption or item.answerValueSet), "que-5: no options here"),
        (not display or item.required is None and item.repeats is None, "que-6: a text is not required"),
        (not (group or display) or not item.initial, "que-8: no initial value here"),
        (not display or item.readOnly is None, "que-9: a text is not read-only"),
        (item.type in {"string", "text", "url", "open-choice"} or item.maxLength is None, "que-10: no length here"),
        (not item.answerOption or not item.initial, "que-11: options carry their initial value"),
        (len(conditions) < 2 or item.enableBehavior, "que-12: several conditions need an enableBehavior"),
        (item.repeats or len(item.initial or []) < 2, "que-13: one initial value only"),
        (item.enableBehavior is None or item.enableBehavior in BEHAVIOUR, f"{item.enableBehavior} is no behaviour"),
        (item.type != "choice" or item.answerOption or item.answerValueSet, "a choice of nothing"),
    ]
    yield from (flaw for holds, flaw in rules if not holds)
    for condition in conditions:
        yield from flaws_of_condition(item, condition, by_id)


def flaws_of_condition(item, condition, by_id):
    asked = by_id.get(condition.question)
    if condition.operator not in OPERATORS:
        yield f"{condition.operator} is no operator"
    if asked is None:
        yield f"there is no item {condition.question} to depend on"
    elif condition.operator == "exists":
        if condition.answerBoolean is None:
            yield "que-7: exists is compared with true or false"
    elif asked.type == "choice":
        options = {(option.valueCoding.system, option.valueCoding.code) for option in asked.answerOption}
        wanted = condition.answerCoding
        if wanted is None or (wanted.system, wanted.code) not in options:
            yield f"{condition.question} has no option {wanted and wanted.code}"
    elif asked.type != "integer" or condition.answerInteger is None:
        yield f"{condition.question} has no such answer"
    if condition.question == item.linkId or condition.question in {inner.linkId for inner in below(item.item)}:
        yield "depends on itself"


def main(paths):
    bad = not paths
    for path in paths:
        try:
            form = Questionnaire.model_validate_json(open(path, encoding="utf-8").read())
            found = list(flaws(form))
        except ValueError as error:
            form, found = None, [str(error)]
        for flaw in found:
            print(f"{path}: {flaw}")
        if form and not found:
            print(f"{path}: valid, {len(list(below(form.item)))} items")
        bad = bad or bool(found)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
