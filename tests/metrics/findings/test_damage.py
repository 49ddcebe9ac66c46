"""Texts cut off, words doubled and torn apart, and marks that came to harm."""

import pytest

from tests.metrics.findings.looking import MANY, look

KINDS = ("mojibake", "cut", "doubled", "fragment", "unbalanced")


def told(
    candidate: str, reference: str, language: str = "en", around: tuple[str, ...] | None = None
) -> list[tuple[str, str]]:
    return [(kind, words) for kind, words, _ in look(candidate, reference, language, around, KINDS)]


@pytest.mark.parametrize(
    ("candidate", "reference", "where", "language"),
    [
        ("The wall was built by the", "The wall was built by the old fishing council.", "the", "en"),
        ("They closed the gate and the har", "They closed the gate and the harbour.", "har", "en"),
        ("The gate was closed […]", "The gate was closed until the storm had passed.", "[…]", "en"),
        ("The gate was closed... Read more", "The gate was closed until the storm had passed.", "Read more", "en"),
        ("The gate was closed...", "The gate was closed until the storm had passed.", "closed...", "en"),
        ("Das Tor wurde gebaut von", "Das Tor wurde gebaut von den Fischern aus Norden.", "von", "de"),
        ("La porte fut fermée. Lire la suite", "La porte fut fermée avant la tempête.", "Lire la suite", "fr"),
        ("Ворота закрыли. Читать далее", "Ворота закрыли до конца бури.", "Читать далее", "ru"),
        ("港口的大门已经关", "港口的大门已经关闭，渔民都回家了。", "关", "zh"),
        ("港口的大门关了。阅读全文", "港口的大门关了，渔民都回家了。", "阅读全文", "zh"),
        ("of the harbour wall fell.", "The northern part of the harbour wall fell.", "of", "en"),
    ],
)
def test_a_text_that_is_cut(candidate: str, reference: str, where: str, language: str) -> None:
    assert told(candidate, reference, language) == [("cut", where)]


@pytest.mark.parametrize(
    ("candidate", "reference", "language"),
    [
        ("The gate was closed", "The gate was closed.", "en"),
        ("Gate closed at night", "At night the council closes the gate.", "en"),
        ("The wall is 40", "The wall is 40 metres long.", "en"),
        ("Well, I never…", "Well, I never.", "en"),
        ("He waited …", "He waited there...", "en"),
        ("He said: “They read more.”", "He said: “They read more books.”", "en"),
        ("iPhone sales fell.", "Sales of the iPhone fell.", "en"),
        ("they closed the gate.", "They closed the gate.", "en"),
        ("then the gate was closed.", "Later the gate was closed.", "en"),
        ("渔民都回家了", "渔民都回家了。", "zh"),
        ("", "The gate was closed.", "en"),
        ("The gate was closed by the", "", "en"),
    ],
)
def test_a_text_that_is_whole(candidate: str, reference: str, language: str) -> None:
    assert "cut" not in dict(told(candidate, reference, language))


@pytest.mark.parametrize(
    ("candidate", "reference", "where", "language"),
    [
        ("He saw the the wall.", "He saw the wall.", "the the", "en"),
        ("In the in the harbour it was quiet.", "In the harbour it was quiet.", "In the in the", "en"),
        ("The ferry sailed sailed at night.", "The ferry sailed at night.", "sailed sailed", "en"),
        ("Er ging in das in das Haus.", "Er ging in das Haus.", "in das in das", "de"),
        ("Il est dans dans la maison.", "Il est dans la maison.", "dans dans", "fr"),
        ("Está en la en la casa.", "Está en la casa.", "en la en la", "es"),
        ("Он был был в доме.", "Он был в доме.", "был был", "ru"),
        ("我们我们都回家了。", "我们都回家了。", "我们我们", "zh"),
        ("港口关闭了港口关闭了。", "港口关闭了。", "港口关闭了港口关闭了", "zh"),
        ("The the wall.", "", "The the", "en"),
        ("He saw the the the the wall.", "He saw the wall.", "the the the the", "en"),
        ("He is in the in the in the house.", "He is in the house.", "in the in the in the", "en"),
    ],
)
def test_words_that_stand_twice(candidate: str, reference: str, where: str, language: str) -> None:
    assert told(candidate, reference, language) == [("doubled", where)]


@pytest.mark.parametrize(
    ("candidate", "reference", "language"),
    [
        ("He had had enough.", "It was enough for him.", "en"),
        ("It is true that that wall fell.", "The wall did fall.", "en"),
        ("It was a very very long wall.", "It was a long wall.", "en"),
        ("No, no, no.", "No.", "en"),
        ("The bananas, the the.", "The bananas, the the.", "en"),
        ("They went to Pago Pago by boat.", "They went there by boat.", "en"),
        ("It ended 2 2 at night.", "It was a draw at night.", "en"),
        ("Frauen, die die Stadt verließen.", "Frauen, welche die Stadt verließen.", "de"),
        ("Ich weiß, was die, die hier sind, tun.", "Ich weiß, was hier getan wird.", "de"),
        ("Nous nous sommes assis.", "On s'est assis.", "fr"),
        ("你看看，妈妈常常研究研究。", "你瞧，母亲时常做研究。", "zh"),
        ("それぞれいろいろある。", "多様だ。", "ja"),
        ("jalan jalan malam", "jalan malam", "xx"),
    ],
)
def test_words_that_may_stand_twice(candidate: str, reference: str, language: str) -> None:
    assert "doubled" not in dict(told(candidate, reference, language))


@pytest.mark.parametrize(
    ("candidate", "reference", "where"),
    [
        ("The trans lation of the book is old.", "The translation of the book is old.", "trans lation"),
        ("The transla-tion of the book is old.", "The translation of the book is old.", "transla-tion"),
        ("The harbo ur is old.", "The harbour is old.", "harbo ur"),
    ],
)
def test_a_word_in_pieces(candidate: str, reference: str, where: str) -> None:
    kind, words = told(candidate, reference, "en", (MANY,))[0]
    assert (kind, words) == ("fragment", where)


@pytest.mark.parametrize(
    ("candidate", "where", "language"),
    [
        ("The wall q was old.", "q", "en"),
        ("The wall,, it fell.", ",,", "en"),
        ("The wall fell , they say.", " ,", "en"),
        ("The wall (. it fell) is old.", "(.", "en"),
        ("The wall is old..", "..", "en"),
        ("• The wall is old.", "• ", "en"),
        ("Die Mauer ist b alt.", "b", "de"),
        ("Стена ж была старая.", None, "ru"),
        ("墙倒了，，他们说。", "，，", "zh"),
    ],
)
def test_stray_letters_and_marks(candidate: str, where: str | None, language: str) -> None:
    reference = {"zh": "墙倒了，他们说。"}.get(language, "It is the wall, and it fell.")
    assert ("fragment", where) in told(candidate, reference, language) or where is None


@pytest.mark.parametrize(
    ("candidate", "reference", "language"),
    [
        ("They can not see it.", "They cannot see it.", "en"),
        ("In fresh water a home-built wall is non-existent.", "A freshwater homebuilt wall is nonexistent.", "en"),
        ("Sie wollen zusammen arbeiten.", "Sie wollen zusammenarbeiten.", "de"),
        ("Every day the e-mail came to co-workers.", "Everyday email came to coworkers.", "en"),
        ("I saw a wall, plan B and 5 m of it (see a).", "It is there.", "en"),
        ("The D. H. wall, x = y, i.e. old.", "It is there.", "en"),
        ("J'y suis, à lui; il y a un an.", "Le voici.", "fr"),
        ("Y o tú e hijos a casa u otra.", "Ven.", "es"),
        ("Он и я в доме с ней у реки, а ты к ним.", "Мы тут.", "ru"),
        ("I wait... The .NET wall, v. .5, ...and so.", "It is there.", "en"),
        ("What?.. Well.", "What? Well.", "ru"),
        ("« Oui » : il est là ; non !", "Il dit oui.", "fr"),
        ("他等了。。。", "他等了。", "zh"),
        ("• The wall.", "- The wall.", "en"),
        ("x wall", "wall", "xx"),
    ],
)
def test_letters_and_marks_that_may_stand_alone(candidate: str, reference: str, language: str) -> None:
    assert "fragment" not in dict(told(candidate, reference, language))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Der Müller läuft", "cp1252"),
        ("l’été déjà", "cp1252"),
        ("“Yes”", "latin-1"),
        ("привет", "cp1252"),
        ("привет", "cp1251"),
        ("αγορά", "cp1252"),
        ("中文版", "latin-1"),
        ("🙂", "latin-1"),
        ("señor", "latin-1"),
    ],
)
def test_utf_8_in_the_wrong_encoding(text: str, encoding: str) -> None:
    damaged = text.encode().decode(encoding, "replace")
    assert "mojibake" in dict(told(f"The sign said {damaged} there.", "The sign said it there."))
    assert told(f"The sign said {text} there.", f"The sign said {text} there.") == []


@pytest.mark.parametrize(
    "text",
    ["Tom &amp; Jim", "a&nbsp;b", "It&#39;s", "It&#x27;s", "one<br>two", "<p class='x'>one</p>", "caf\\u00e9", "caf�"],
)
def test_left_over_markup(text: str) -> None:
    assert "mojibake" in dict(told(f"They saw {text}.", "They saw it."))
    assert "mojibake" not in dict(told(f"They saw {text}.", f"They say that they saw {text}."))


@pytest.mark.parametrize(
    "text",
    [
        "»Spaß« und »MENÜ« à la carte, «CAFÉ» “É…”",
        "NÃO, IRMÃ, PÃO. Âge, Ânimo.",
        "СССР, РОССИЯ, «Р». Рёв, Сёмга.",
        "A & B; AT&T; x<y and y>z; <3",
        "C:\\users\\note; ½ ¼ © ® £5 €5 ° №5",
        "naïve façade, Ærø, Þór, Ñandú",
        "Δ-v and π",
    ],
)
def test_text_that_only_looks_garbled(text: str) -> None:
    assert "mojibake" not in dict(told(text, "Something else."))


@pytest.mark.parametrize(
    ("candidate", "reference", "where"),
    [
        ("The wall (which is old fell.", "The wall (which is old) fell.", "("),
        ("The wall which is old) fell.", "The wall, which is old, fell.", ")"),
        ("He said: “The wall fell.", "He said: “The wall fell.”", "“"),
        ('He said: "The wall fell.', 'He said: "The wall fell."', '"'),
        ('The wall fell", he said.', '"The wall fell," he said.', '"'),
        ("Er sagte: „Die Mauer fiel.", "Er sagte: „Die Mauer fiel.“", "„"),
        ("Il dit : « Le mur tombe.", "Il dit : « Le mur tombe. »", "«"),
        ("Le mur tombe », dit-il.", "« Le mur tombe », dit-il.", "»"),
        ("他说：“墙倒了。", "他说：“墙倒了。”", "“"),
        ("他说：「墙倒了。", "他说：「墙倒了。」", "「"),
        ("The wall fell”, he said: “the wall.", "He said: “The wall fell”, the wall.", "”"),
    ],
)
def test_marks_without_a_partner(candidate: str, reference: str, where: str) -> None:
    assert [what for what in told(candidate, reference) if what[0] == "unbalanced"] == [("unbalanced", where)]


@pytest.mark.parametrize(
    ("candidate", "reference"),
    [
        ("a) The wall; 2) the gate; iv) the door", "The wall, the gate, the door"),
        ("The wall fell :) and then ;-(", "The wall fell."),
        ("The dogs' wall isn't here, ’twas there.", "It “was” there."),
        ("“The wall fell.", "“The wall did fall."),
        ("“The wall fell.", "The wall fell, he said."),
        ("The wall is 6' 2\" high, he “said”.", "The wall is “high”."),
        ("He (the mayor] spoke.", "He (the mayor] did."),
        ("（墙倒了)", "(墙倒了)"),
        ("„Ja“, »nein«, “yes” and «no».", "“Ja”, “nein”."),
        ("(The wall", ""),
    ],
)
def test_marks_that_need_no_partner(candidate: str, reference: str) -> None:
    assert "unbalanced" not in dict(told(candidate, reference))
