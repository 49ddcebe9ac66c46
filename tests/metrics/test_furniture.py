"""Furniture told from text: pages whose lines carry what each of them is.

`=` is linked, `-` is furniture, `+` is text that the other side lacks. All pages are invented.
"""

import textwrap
from collections.abc import Sequence

import pytest

from metrics.furniture import find_furniture
from metrics.languages import guess_language
from metrics.model import Document, Segment
from metrics.reading.blocks import find_blocks
from metrics.segmentation import segment


class Page:
    """A page in the notation above, and its segments once it is joined into a text."""

    def __init__(self, notation: str, wrap: int | None = None) -> None:
        rows = filter(None, map(str.strip, notation.splitlines()))
        self.lines = [(row[0], row[2:]) for row in rows]
        parts = [textwrap.fill(line, wrap) if wrap else line for _, line in self.lines]
        text = ("\n" if wrap else "\n\n").join(parts)
        self.document = Document("page.txt", text, "utf-8", find_blocks(text))
        self.segments = segment(self.document, guess_language(text))
        ends = [sum(map(len, parts[: i + 1])) + (1 if wrap else 2) * i for i in range(len(parts))]
        self.marks = {
            s.id: next(mark for (mark, _), end in zip(self.lines, ends, strict=True) if s.start < end)
            for s in self.segments
        }

    def ids(self, mark: str) -> frozenset[int]:
        return frozenset(i for i, own in self.marks.items() if own == mark)

    def furniture(self, other: Sequence[Segment] | None = None, linked: frozenset[int] | None = None) -> list[str]:
        """What is called furniture; by default, the other text is the linked lines word for word."""
        linked = self.ids("=") if linked is None else linked
        other = [s for s in self.segments if s.id in linked] if other is None else other
        found = find_furniture(self.document, self.segments, linked, other)
        return [s.text for s in self.segments if s.id in found]

    def expected(self) -> list[str]:
        return [s.text for s in self.segments if self.marks[s.id] == "-"]


ENGLISH = """
    - Home
    - Sections
    - World
    - Farming
    - Log in
    - Subscribe
    - Beekeepers fear a second lost summer on the moors – Fellside Echo
    - By Tamsin Orrell
    - Published 14 June 2022 at 09:40
    - Share on Facebook
    - Tweet
    - Hives stand on a bank above Gannet Moor. (Idris Pell / Fellside Echo)
    - Hives stand on a bank above Gannet Moor. (Idris Pell / Fellside Echo)
    + GANNET MOOR – The heather has come into bloom three weeks late, and the bees have nothing to fly for.
    = Beekeepers on the moors say that they will lose a second harvest if the rain does not stop before July.
    = “My colonies are living on sugar water,” said Odette Farrow, who has kept bees here since 1988.
    - Advertisement
    - Subscribe to The Morning Dairy, our newsletter for the countryside
    = The cold spring killed off most of the early blossom, according to the growers' association.
    + In the valley below, two orchards have already sold their trees for firewood, and a third is up for sale.
    = A relief fund of 300,000 crowns was promised in April, but not one application has been answered.
    = The ministry said that it was working through the forms in the order in which they had come in.
    - Additional reporting by Colm Dace
    - © 2022 Fellside Echo. All rights reserved.
    - Related Articles
    - Why the last cheese of the valley is made at night
    - Six gardens that survived the frost
    - The shepherd who counts in rhyme
    - Comments (12)
    - Leave a reply
    - Your email address will not be published.
    - Terms of use
    - Privacy policy
    - Back to top
"""

GERMAN = """
    - Startseite
    - Politik
    - Wirtschaft
    - Anmelden
    - Die alte Weberei am Kanal wird zur Musikschule - Tagblatt am Kanal
    - Von Hedda Krollmann
    - Veröffentlicht am 3. Mai 2021, 17:20 Uhr
    - Teilen
    - Drucken
    - Lesezeit: 4 Minuten
    = In der alten Weberei am Kanal sollen von Herbst an Kinder aus dem ganzen Viertel Geige und Klavier lernen.
    = Der Stadtrat hat dem Umbau am Dienstagabend mit knapper Mehrheit zugestimmt.
    - Anzeige
    - Lesen Sie auch: Fünf Brücken, die niemand mehr braucht
    + Die Webstühle, von denen noch elf in der Halle stehen, kommen in ein Depot des Landesmuseums.
    = Für den Umbau sind zwei Jahre und knapp vier Millionen Euro vorgesehen.
    = Die Leiterin der Schule, Irmgard Tessnow, sprach von einem Geschenk, mit dem niemand mehr gerechnet habe.
    - © 2021 Tagblatt am Kanal. Alle Rechte vorbehalten.
    - Das könnte Sie auch interessieren
    - Kommentare
    - Impressum
    - Datenschutz
    - Nach oben
"""

FRENCH = """
    - Accueil
    - Politique
    - Économie
    - Se connecter
    - Par Solène Abgrall
    - Publié le 8 mars 2020 à 06h15, mis à jour à 09:30
    - Partager sur Facebook
    = Le dernier phare habité de la côte s'éteindra à la fin du mois, après cent quarante ans de veille.
    = Le gardien, qui vit seul sur son rocher depuis neuf ans, n'a appris la nouvelle que par la radio.
    - Publicité
    - Lire aussi : Les oiseaux reviennent sur l'île aux Chardons
    + La commune avait pourtant proposé de racheter la tour et d'y ouvrir un petit musée de la mer.
    = Un feu automatique, commandé depuis la terre, prendra la place de la vieille lampe.
    = Les pêcheurs, eux, disent qu'ils n'oublieront pas la lumière qui les ramenait au port.
    - Abonnez-vous à notre infolettre
    - Tous droits réservés
    - Sur le même sujet
    - Mentions légales
    - Haut de page
"""

SPANISH = """
    - Portada
    - Economía
    - Deportes
    - Iniciar sesión
    - Por Remedios Alcubilla
    - Publicado el 21/09/2019 10:05
    - Compartir en Facebook
    = El último molino de aceite del valle cerró sus puertas el viernes, cuando se rompió la piedra mayor.
    = Nadie en el pueblo sabe labrar otra igual, y una nueva costaría más que la cosecha entera.
    - Publicidad
    - Lea también: La feria que dura una sola noche
    + Los vecinos llevarán este otoño las aceitunas a la cooperativa de la sierra, a dos horas de camino.
    = El molinero, que tiene ochenta años, asegura que la piedra hablaba antes de partirse.
    = El ayuntamiento quiere conservar el edificio como memoria del oficio.
    - Suscríbete a nuestro boletín
    - Noticias relacionadas
    - Todos los derechos reservados
    - Aviso legal
    - Política de privacidad
"""

ITALIAN = """
    - Chi siamo
    - Cronaca
    - Cultura
    - Accedi
    - Di Fiorenza Malaspini
    - Pubblicato il 2 febbraio 2018 alle 11:45
    - Condividi su Facebook
    = La campana della torre suona di nuovo ogni sera, dopo trentadue anni di silenzio.
    = Due fratelli l'hanno riparata di nascosto, lavorando soltanto nelle notti senza luna.
    - Pubblicità
    - Leggi anche: Il fornaio che scrive lettere d'amore
    + Il parroco dice di non averne saputo nulla fino al primo rintocco, e quasi nessuno gli crede.
    = Il comune ha deciso di non chiedere chi avesse le chiavi della torre.
    = I bambini della scuola sono saliti a vedere gli ingranaggi uno per uno.
    - Articoli correlati
    - Iscriviti alla newsletter
    - Tutti i diritti riservati
    - Torna su
"""

PORTUGUESE = """
    - Início
    - Notícias
    - Esportes
    - Entrar
    - Por Leonor Vasques
    - Publicado em 30/07/2017 às 08:12
    - Compartilhar no WhatsApp
    = O barco que leva os livros às ilhas voltou a navegar depois de uma reforma que demorou seis anos.
    = A bordo vão três mil volumes, um bibliotecário e um cão que não gosta de água.
    - Publicidade
    - Leia também: A padaria que só abre quando chove
    + Na primeira paragem, os pescadores fizeram fila desde a madrugada para devolver livros emprestados há anos.
    = O percurso dura onze dias e passa por quatorze povoados sem estrada.
    = O município paga o combustível, e os leitores oferecem o peixe.
    - Artigos relacionados
    - Deixe um comentário
    - Todos os direitos reservados
    - Voltar ao topo
"""

DUTCH = """
    - Nieuws
    - Cultuur
    - Over ons
    - Inloggen
    - Door Maartje Hoogendijk
    - Gepubliceerd op 5 november 2016 om 13:30
    - Delen
    = De laatste veerman van het dorp heeft zijn pont verkocht aan een kok uit de stad.
    = Volgend voorjaar gaat de boot weer varen, maar dan met tafels en een keuken aan boord.
    - Advertentie
    - Lees ook: Het huis dat elk jaar een meter opschuift
    + De bewoners aan de overkant moeten voortaan twintig kilometer omrijden om bij de huisarts te komen.
    = De gemeente noemt dat jammer, maar zegt dat zij geen geld heeft voor een brug.
    = De oude veerman blijft aan de oever wonen, met uitzicht op het water.
    - Meest gelezen
    - Reageer
    - Alle rechten voorbehouden
    - Terug naar boven
"""

RUSSIAN = """
    - Главная
    - Новости
    - Культура
    - Войти
    - Автор: Глафира Заболотная
    - Опубликовано 17.10.2019 в 12:40
    - Поделиться
    = В посёлке у озера снова открылась школа, которую закрыли двенадцать лет назад.
    = В первый класс пришли четыре ученика, и для каждого директор испекла по пирогу.
    - Реклама
    - Читайте также: Мост, который построили дети
    + Учителей пока двое, и один из них каждое утро приплывает на лодке с другого берега.
    = Деньги на ремонт крыши собрали жители окрестных деревень.
    = Зимой классы будут топить дровами, как топили их когда-то прежде.
    - Материалы по теме
    - Комментарии
    - Все права защищены
    - При использовании материалов ссылка обязательна
    - Наверх
"""

CHINESE = """
    - 首页
    - 新闻
    - 登录
    - 2020年4月18日 08:30 来源：河湾日报
    - 分享到微信
    = 河湾镇的老渡船上周又下了水，船身漆成了和四十年前一样的蓝色。
    = 船工说，这条船停了十一年，桨却一直挂在他家的墙上。
    - 广告
    - 相关阅读：山里来的邮递员
    + 对岸的孩子从此不必再绕十里路上学，每天早晨坐船只要一刻钟。
    = 镇上为修船花了六万元，其中一半是村民自己凑的。
    = 第一天开船时，两岸站满了看热闹的人。
    - 责任编辑：陆听雨
    - 版权所有 未经许可不得转载
    - 热门文章
    - 返回顶部
"""

JAPANESE = """
    - ホーム
    - ニュース
    - ログイン
    - 2019年11月3日 07:15 更新
    - シェアする
    = 山あいの小さな駅に、十八年ぶりに駅長が戻ってきた。
    = 新しい駅長は元郵便局員で、切符の切り方を祖父から習ったという。
    - 広告
    - 関連記事：雪の下で眠る酒蔵
    + 列車は一日に四本しか来ないが、待合室にはいつも誰かがお茶を飲みに来ている。
    = 町は駅舎の修理に三百万円をかけ、屋根の瓦をすべて取り替えた。
    = 開業の日には、隣の村から太鼓の一団が歩いて祝いに来た。
    - 無断転載を禁じます
    - 人気記事
    - お問い合わせ
"""

KOREAN = """
    - 홈
    - 뉴스
    - 로그인
    - 기사입력 2018-06-09 10:20
    - 공유하기
    = 섬마을의 하나뿐인 서점이 오 년 만에 다시 문을 열었다.
    = 새 주인은 배를 타고 매주 육지에서 책을 실어 온다고 말했다.
    - 광고
    - 관련기사
    + 주민들은 밤마다 서점 마당에 모여 돌아가면서 소설을 소리 내어 읽는다.
    = 군청은 낡은 지붕을 고치는 데 천만 원을 보태기로 했다.
    = 첫날에는 아이들이 줄을 서서 만화책을 빌려 갔다.
    - 무단전재 및 재배포 금지
    - 많이 본 뉴스
    - 목록
"""

PAGES = {
    "English": ENGLISH,
    "German": GERMAN,
    "French": FRENCH,
    "Spanish": SPANISH,
    "Italian": ITALIAN,
    "Portuguese": PORTUGUESE,
    "Dutch": DUTCH,
    "Russian": RUSSIAN,
    "Chinese": CHINESE,
    "Japanese": JAPANESE,
    "Korean": KOREAN,
}


@pytest.mark.parametrize("notation", PAGES.values(), ids=PAGES.keys())
def test_a_scraped_page_is_told_apart_in_every_language(notation: str) -> None:
    page = Page(notation)
    assert page.furniture() == page.expected()


ARTICLE = """
    {top}
    = The ferry to Marrow Isle has run aground twice this month, and the islanders want their old pilot back.
    = The shipping office retired him in January, a week after his seventieth birthday.
    {middle}
    = His successor learned the channel from a chart that was drawn before the great storm of 1962.
    = Nobody was hurt on either occasion, but eleven sheep had to swim.
    {bottom}
"""


def page_with(mark: str, line: str, place: str, wrap: int | None = None) -> Page:
    """The article with one more line at its top, in its middle or at its bottom."""
    slots = dict.fromkeys(("top", "middle", "bottom"), "") | {place: f"{mark} {line}"}
    return Page(ARTICLE.format(**slots), wrap)


CLASSES = {
    "headline with the site's name": ("top", "Islanders call for the return of their pilot | Marrow Herald"),
    "byline": ("top", "By Perpetua Strand and Olaf Quill"),
    "byline with a handle": ("top", "By Perpetua Strand @pstrand"),
    "date line": ("top", "Published 3 March 2015 at 18:05 GMT"),
    "date and reading time": ("top", "12/03/2015 · 4 min read"),
    "share line": ("top", "Share on Facebook"),
    "navigation": ("top", "Skip to main content"),
    "breadcrumbs": ("top", "Home > News > Islands"),
    "standfirst": ("top", "[Twice aground in a month: an island longs for the man who knew its rocks.]"),
    "caption": ("middle", "The ferry aground off Marrow Isle. Photo: Wen Sallow/Marrow Herald"),
    "photo credit": ("middle", "(Wen Sallow / Marrow Herald)"),
    "advert": ("middle", "Advertisement"),
    "subscription": ("middle", "Subscribe to our newsletter for more news from the islands"),
    "read more": ("middle", "READ MORE: The lighthouse that moved"),
    "reporters": ("bottom", "Perpetua Strand reported from Marrow Isle, and Olaf Quill from the mainland."),
    "agency credit": ("bottom", "(Reporting by Perpetua Strand; Editing by Olaf Quill)"),
    "copyright": ("bottom", "© 2015 Marrow Herald"),
    "disclaimer": ("bottom", "All trademarks belong to their respective owners. All rights reserved."),
    "cookies": ("bottom", "This site uses cookies. By registering you agree to our terms of use."),
    "tags": ("bottom", "Tags: ferries, islands, sheep"),
    "comments": ("bottom", "Leave a comment"),
    "contact": ("bottom", "Contact us: desk@marrowherald.example"),
    "back to top": ("bottom", "Back to top"),
}


@pytest.mark.parametrize(("place", "line"), CLASSES.values(), ids=CLASSES.keys())
@pytest.mark.parametrize("wrap", [None, 76], ids=["blank lines", "hard-wrapped"])
def test_each_class_of_furniture_is_found_alone(place: str, line: str, wrap: int | None) -> None:
    page = page_with("-", line, place, wrap)
    assert page.furniture() == page.expected()


@pytest.mark.parametrize(
    "line",
    [
        "He smiled.",
        "Nobody answered.",
        "“I would go back tomorrow,” he said.",
        "“Give me a calm night and a lantern.”",
        "The new captain has asked for a second chart, and for a cat.",
        "In summer the island has four hundred inhabitants, in winter ninety, and all of them depend on the boat.",
        "The council will comment on the case next week, a member who asked not to be named said.",
        "He reads the newsletter of the pilots' guild, shares its photos and never subscribes to its opinions.",
        "Two days ago, the harbour master had already written to the shipping office about the buoys.",
    ],
)
@pytest.mark.parametrize("place", ["top", "middle", "bottom"])
@pytest.mark.parametrize("wrap", [None, 76], ids=["blank lines", "hard-wrapped"])
def test_a_sentence_that_the_other_side_lacks_is_text(line: str, place: str, wrap: int | None) -> None:
    assert page_with("+", line, place, wrap).furniture() == []


REFERENCE = """
    - [The island's ferry ran aground twice, and many would like to have the man back who never did.]
    - By Perpetua Strand and Olaf Quill
    = Twice in four weeks the Marrow Isle ferry has struck a rock, and the islanders ask for their retired pilot.
    = The shipping company sent him home in January, when he had just turned seventy.
    + A farewell party on the quay lasted until three in the morning.
    = The man who followed him learned the passage from a chart older than the storm of 1962.
    + He has since been seen rowing through it at low tide, counting stones.
    = No one came to harm, apart from eleven sheep, which had to swim ashore.
    - Perpetua Strand reported from Marrow Isle, and Olaf Quill from Port Sallow.
    - Wen Sallow contributed research.
"""


@pytest.mark.parametrize("wrap", [None, 72], ids=["blank lines", "hard-wrapped"])
def test_the_reference_has_furniture_of_its_own(wrap: int | None) -> None:
    page = Page(REFERENCE, wrap)
    assert page.furniture() == page.expected()


def test_a_caption_printed_twice_is_furniture_even_without_a_credit() -> None:
    page = Page(
        """
        = The shipping office retired its best pilot in January, a week after his birthday.
        - A ferry lies on its side in the shallow water of the northern bay.
        - A ferry lies on its side in the shallow water of the northern bay.
        = His successor learned the channel from a chart that was drawn before the great storm.
        """
    )
    assert page.furniture() == page.expected()


def test_a_linked_sentence_said_once_more_is_text() -> None:
    page = Page(
        """
        = The shipping office retired its best pilot in January, a week after his seventieth birthday.
        = His successor learned the channel from a chart that was drawn before the great storm of 1962.
        + His successor learned the channel from a chart that was drawn before the great storm of 1962.
        = Nobody was hurt on either occasion, but eleven sheep had to swim.
        """
    )
    assert page.furniture() == []


def test_teasers_and_comments_in_full_sentences_are_furniture_behind_the_end() -> None:
    page = Page(
        """
        = The shipping office retired its best pilot in January, a week after his seventieth birthday.
        = His successor learned the channel from a chart that was drawn before the great storm of 1962.
        + The sheep, meanwhile, have been insured.
        - Share this story
        - Most Popular
        - Why the bells of Lower Tarn ring backwards
        - Nobody remembers who hung them, and nobody wants to climb the tower to look.
        - 2 hours ago
        - A bakery that sells only yesterday's bread
        - The queue begins at noon, when the loaves have reached the right hardness.
        - 5 hours ago
        - 2 comments
        - Barnaby H.
        - 4 March 2015 at 09:12
        - I was on that boat, and I can tell you that the coffee was the worst of it.
        - Reply
        """
    )
    assert page.furniture() == page.expected()


def test_real_text_at_both_ends_of_the_article_is_text() -> None:
    page = Page(
        """
        - Home
        - Islands
        - Log in
        - By Perpetua Strand
        + Fog came in from the west on Sunday evening, and with it the sound of a horn that nobody knew.
        + By the time it lifted, the ferry was standing on a rock that is marked on every chart since 1801.
        = The shipping office retired its best pilot in January, a week after his seventieth birthday.
        = His successor learned the channel from a chart that was drawn before the great storm of 1962.
        + On Monday the two men were seen in the same boat, one rowing and the other one talking.
        + Neither of them wants to say what was discussed.
        + “It was a long lesson,” said the younger one.
        - Related articles
        - Contact us
        - Terms of use
        """
    )
    assert page.furniture() == page.expected()


def test_a_linked_line_is_never_furniture_whatever_it_says() -> None:
    page = Page(
        """
        = Subscribe to our newsletter
        = Advertisement
        = The ferry's captain said that he would read every chart he could find before the summer.
        = © 2015 Marrow Herald. All rights reserved.
        = Back to top
        """
    )
    assert page.furniture() == []


def test_a_linked_subheading_does_not_turn_its_neighbours() -> None:
    page = Page(
        """
        = The shipping office retired its best pilot in January, a week after his seventieth birthday.
        = A chart from another century
        + The paper is so brittle that it may be unrolled only twice a year, and never in the rain.
        = His successor learned the channel from it, and ran aground twice within four weeks.
        """
    )
    assert page.furniture() == []


def test_sentences_cut_off_in_the_middle_stay_text_beside_linked_ones() -> None:
    page = Page(
        """
        = The shipping office retired its best pilot in January, a week after his seventieth birthday.
        + When the horn sounds they run down to the quay, let go of the ropes and climb into the
        = His successor learned the channel from a chart that was drawn before the great storm of 1962.
        """
    )
    assert page.furniture() == []


@pytest.mark.parametrize("notation", PAGES.values(), ids=PAGES.keys())
def test_prose_without_any_counterpart_is_not_furniture(notation: str) -> None:
    page = Page(notation)
    found = page.furniture(Page(ARTICLE.format(top="", middle="", bottom="")).segments, frozenset())
    assert not {s.text for s in page.segments if page.marks[s.id] in "=+"} & set(found)


def test_a_hard_wrapped_reference_of_something_else_keeps_its_prose() -> None:
    page = Page(REFERENCE, 72)
    assert set(page.furniture(Page(ENGLISH).segments, frozenset())) <= set(page.expected())


def test_furniture_is_found_where_nothing_is_linked() -> None:
    page = Page(ENGLISH)
    found = page.furniture(Page(GERMAN).segments, frozenset())
    assert len(found) > 0.8 * len(page.expected())


@pytest.mark.parametrize("notation", PAGES.values(), ids=PAGES.keys())
def test_nothing_is_furniture_when_all_is_linked(notation: str) -> None:
    page = Page(notation)
    assert page.furniture(linked=frozenset(s.id for s in page.segments)) == []


def test_an_empty_text_has_no_furniture() -> None:
    assert (
        find_furniture(Document("empty.txt", "", "utf-8", ()), (), frozenset(), Page(REFERENCE).segments) == frozenset()
    )


def test_the_other_text_may_be_empty() -> None:
    page = Page(ENGLISH)
    found = page.furniture((), frozenset())
    assert "Privacy policy" in found
    assert not {s.text for s in page.segments if page.marks[s.id] == "="} & set(found)


def test_lone_words_of_the_menu_that_found_a_match_do_not_stretch_the_article() -> None:
    page = Page(
        """
        - Home
        - Politics
        = Islands
        - Weather
        - Log in
        = The shipping office retired its best pilot in January, a week after his seventieth birthday.
        = His successor learned the channel from a chart that was drawn before the great storm of 1962.
        - Most read
        - Nobody remembers who hung the bells, and nobody wants to climb the tower to look.
        = Islands
        - Privacy policy
        - Sitemap
        """
    )
    assert page.furniture() == page.expected()


def test_short_sentences_linked_here_and_there_make_an_article() -> None:
    page = Page(
        """
        - 首页
        = 老桥拆了。
        + 新桥还没有建好。
        = 村民们只好坐船。
        + 船工收一块钱。
        = 孩子们不用给。
        - 返回顶部
        """
    )
    assert page.furniture() == page.expected()


@pytest.mark.slow
def test_a_hundred_thousand_segments_are_no_trouble() -> None:
    lines = [line for line in textwrap.dedent(ENGLISH).strip().splitlines() if line[0] != "+"] * 2_900
    texts = [line[2:] for line in lines]
    segments, start = [], 0
    for i, text in enumerate(texts):
        segments.append(Segment(i, start, start + len(text), text, i))
        start += len(text) + 2
    document = Document("long.txt", "\n\n".join(texts), "utf-8", ())
    linked = frozenset(i for i, line in enumerate(lines) if line[0] == "=")
    found = find_furniture(document, segments, linked, [segments[i] for i in sorted(linked)])
    assert found.isdisjoint(linked)
    assert len(found) > 0.95 * (len(lines) - len(linked))
