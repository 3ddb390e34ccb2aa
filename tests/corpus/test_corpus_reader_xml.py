"""RSS and Atom feeds, NITF, NewsML 1 and NewsML-G2."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import corpus
from corpus.metadata import DAY_UNKNOWN
from corpus.readers.paragraphs import from_html
from tests.corpus.readers_stand import LAST, LEAD, MORE, one, read, refused, write

CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def item(number: int = 1, *, text: str = f"<p>{LEAD}</p><p>{MORE}</p>", extra: str = "") -> str:
    return (
        f"<item><title>Ferries {number}</title><link>https://example.org/{number}</link>"
        f"<guid>tag:{number}</guid><pubDate>Tue, 04 May 2021 23:30:00 -0500</pubDate>"
        f"<description>Short {number}.</description>{extra}"
        f"<content:encoded>{escape(text)}</content:encoded></item>"
    )


def rss(*items: str, head: str = "<title>Eastport Times</title><language>en-gb</language>") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {CONTENT} {DC}><channel>{head}'
        f"<link>https://example.org/</link>{''.join(items)}</channel></rss>"
    )


@pytest.mark.parametrize("name", ["a.xml", "a.rss"])
def test_rss_with_full_content(tmp_path: Path, name: str) -> None:
    articles, rejected = read(write(tmp_path / name, rss(item(1), item(2))))
    assert rejected == []
    assert [article.title for article in articles] == ["Ferries 1", "Ferries 2"]
    first = articles[0]
    assert first.text == f"{LEAD}\n\n{MORE}"
    assert (first.outlet, first.language) == ("Eastport Times", "en-gb")
    assert first.url == "https://example.org/1"
    # The day as it was written; in UTC it is the next one.
    assert (first.published, first.dated_by) == (date(2021, 5, 4), "metadata")
    assert first.source.endswith("#1")
    assert len({article.id for article in articles}) == 2


def test_rss_with_a_summary_only(tmp_path: Path) -> None:
    feed = rss(
        f"<item><title>A &amp;amp; B</title><description>{escape(f'<p>{LEAD}</p>')}</description>"
        "<dc:date>2021-05-04</dc:date></item>",
        f"<item><description>{LEAD} No title.</description></item>",
        "<item><title>Nothing but a title</title></item>",
    )
    articles, rejected = read(write(tmp_path / "a.xml", feed))
    assert [article.text for article in articles] == [LEAD, f"{LEAD} No title."]
    assert articles[0].title == "A & B"
    assert articles[0].published == date(2021, 5, 4)
    assert len({article.id for article in articles}) == 2
    assert ["no text in this entry" in entry.reason for entry in rejected] == [True]


def test_rss_of_another_outlet(tmp_path: Path) -> None:
    extra = '<source url="https://other.example/feed">Westport Post</source>'
    assert one(write(tmp_path / "a.xml", rss(item(extra=extra)))).outlet == "Westport Post"


def test_rss_1_and_atom(tmp_path: Path) -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" {DC} {CONTENT}><channel><title>Eastport Times</title>'
        "</channel><item rdf:about='x'><title>One</title><link>https://example.org/1</link>"
        f"<dc:date>2021-05-04T10:00:00Z</dc:date><content:encoded>{LEAD}</content:encoded></item>"
        "</rdf:RDF>"
    )
    article = one(write(tmp_path / "a.xml", rdf))
    assert (article.title, article.text, article.outlet) == ("One", LEAD, "Eastport Times")
    assert article.published == date(2021, 5, 4)
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">'
        "Eastport &lt;b&gt;Times&lt;/b&gt;</title>"
        '<entry xml:lang="fr"><id>tag:1</id><title>Un</title><link href="https://example.org/1"/>'
        "<published>2021-05-04T10:00:00Z</published><updated>2021-05-06T10:00:00Z</updated>"
        f'<summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"<p>{LEAD}</p><script>x</script><p>{MORE}</p></div></content></entry></feed>"
    )
    article = one(write(tmp_path / "b.atom", atom))
    assert article.text == f"{LEAD}\n\n{MORE}"
    assert (article.published, article.updated) == (date(2021, 5, 4), date(2021, 5, 6))
    assert (article.outlet, article.language) == ("Eastport Times", "fr")


def test_an_entry_without_an_update_has_none(tmp_path: Path) -> None:
    assert one(write(tmp_path / "a.xml", rss(item()))).updated is None


def test_an_atom_entry_with_an_update_only_is_undated(tmp_path: Path) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>One</title>'
        f"<id>1</id><updated>2021-05-04T00:00:00Z</updated><summary>{LEAD}</summary></entry></feed>"
    )
    article = one(write(tmp_path / "a.xml", feed))
    assert (article.published, article.updated) == (None, date(2021, 5, 4))


def test_a_broken_feed_is_read_as_far_as_feedparser_gets(tmp_path: Path) -> None:
    feed = rss(item(1), item(2), item(3).replace("Ferries 3", "Fish & chips &nbsp; 3"), item(4))
    articles, _ = read(write(tmp_path / "a.xml", feed))
    assert [article.url for article in articles] == [
        f"https://example.org/{n}" for n in (1, 2, 3, 4)
    ]
    assert articles[2].title.startswith("Fish & chips")
    cut = rss(item(1), item(2))[:-60]
    articles, _ = read(write(tmp_path / "b.xml", cut))
    assert [article.url for article in articles] == [f"https://example.org/{n}" for n in (1, 2)]


def test_a_feed_larger_than_one_article_may_be(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xml", rss(*(item(n) for n in range(1, 200))))
    articles, rejected = read(path, corpus.ReadOptions(max_bytes=80_000))
    assert path.stat().st_size > 80_000
    assert (len(articles), rejected) == (199, [])
    huge = rss(item(1), item(2, text="word " * 40_000), item(3))
    articles, rejected = read(write(tmp_path / "b.xml", huge), corpus.ReadOptions(max_bytes=80_000))
    assert [article.title for article in articles] == ["Ferries 1"]
    assert "80,000 bytes" in rejected[0].reason


NITF = """<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf {attributes}><head><title>Slug</title><docdata management-status="{status}">
<doc-id id-string="EP-7"/><date.issue norm="20210504T093000Z"/></docdata>
<pubdata name="Eastport Times" date.publication="20210505"/></head>
<body><body.head><hedline><hl1>Ferries stay in <em>dock</em></hl1></hedline>
<byline>By Ann Byer</byline><dateline><location>EASTPORT</location>, May 4</dateline></body.head>
<body.content><block><p>{lead}</p><media media-type="image"><media-caption>A boat.</media-caption>
</media><p>{more}</p></block><table><tr><td>Petrel</td><td>1999</td></tr></table></body.content>
<body.end/></body></nitf>"""


def nitf(*, status: str = "usable", attributes: str = 'xml:lang="en-GB"') -> str:
    return NITF.format(status=status, attributes=attributes, lead=LEAD, more=MORE)


@pytest.mark.parametrize(
    "attributes",
    ['xml:lang="en-GB"', 'xml:lang="en-GB" xmlns="http://iptc.org/std/NITF/2006-10-18/"'],
)
def test_nitf(tmp_path: Path, attributes: str) -> None:
    article = one(write(tmp_path / "a.xml", nitf(attributes=attributes)))
    assert article.title == "Ferries stay in dock"
    assert article.text == f"{LEAD}\n\n{MORE}\n\nPetrel | 1999"
    assert (article.outlet, article.language) == ("Eastport Times", "en-GB")
    assert (article.published, article.dated_by) == (date(2021, 5, 4), "metadata")
    assert article.withdrawn is None
    assert "By Ann Byer" in article.dropped
    assert "EASTPORT, May 4" in article.dropped


@pytest.mark.parametrize("status", ["canceled", "Canceled", "withdrawn"])
def test_a_withdrawn_article_of_nitf(tmp_path: Path, status: str) -> None:
    assert one(write(tmp_path / "a.xml", nitf(status=status))).withdrawn == date(2021, 5, 4)


def test_nitf_without_text(tmp_path: Path) -> None:
    assert "no text" in refused(write(tmp_path / "a.xml", "<nitf><head/><body/></nitf>"))


NEWSML = """<NewsML><NewsEnvelope><DateAndTime>20210504T120000Z</DateAndTime></NewsEnvelope>
<NewsItem xml:lang="en"><Identification><NewsIdentifier><ProviderId>example.org</ProviderId>
<DateId>20210504</DateId><NewsItemId>7</NewsItemId><RevisionId>2</RevisionId>
<PublicIdentifier>urn:newsml:example.org:20210504:7:2</PublicIdentifier></NewsIdentifier>
</Identification><NewsManagement><FirstCreated>20210504T090000Z</FirstCreated>
<ThisRevisionCreated>20210505T090000Z</ThisRevisionCreated><Status FormalName="{status}"/>
</NewsManagement><NewsComponent><AdministrativeMetadata><Provider>
<Party FormalName="Eastport Wire"/></Provider></AdministrativeMetadata>
<NewsLines><HeadLine>Ferries stay in dock</HeadLine></NewsLines>
<NewsComponent><ContentItem><DataContent>Short.</DataContent></ContentItem></NewsComponent>
<NewsComponent><ContentItem><DataContent>{content}</DataContent></ContentItem></NewsComponent>
</NewsComponent></NewsItem>{more}</NewsML>"""


@pytest.mark.parametrize(
    "content",
    [
        f"<nitf><body><body.content><p>{LEAD}</p><p>{MORE}</p></body.content></body></nitf>",
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{LEAD}</p><p>{MORE}</p></body></html>',
        f"<![CDATA[<p>{LEAD}</p><p>{MORE}</p>]]>",
        f"{LEAD}\n\n{MORE}",
    ],
    ids=["nitf", "xhtml", "cdata", "plain"],
)
def test_newsml_1(tmp_path: Path, content: str) -> None:
    article = one(
        write(tmp_path / "a.xml", NEWSML.format(status="Usable", content=content, more=""))
    )
    assert (article.title, article.outlet) == ("Ferries stay in dock", "Eastport Wire")
    assert article.text == f"{LEAD}\n\n{MORE}"
    assert (article.published, article.updated) == (date(2021, 5, 4), date(2021, 5, 5))
    assert article.withdrawn is None


def test_newsml_1_of_several_items(tmp_path: Path) -> None:
    lines = "<NewsLines><HeadLine>Two</HeadLine></NewsLines>"
    second = f"<NewsItem><NewsComponent>{lines}</NewsComponent></NewsItem>"
    text = NEWSML.format(status="Canceled", content=LEAD, more=second)
    articles, rejected = read(write(tmp_path / "a.xml", text))
    assert [article.withdrawn for article in articles] == [date(2021, 5, 5)]
    assert "no text" in rejected[0].reason
    assert rejected[0].line is not None


G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:example.org:{n}"
 version="2" xml:lang="en-GB"><catalogRef href="http://127.0.0.1:9/never-fetched.xml"/>
<itemMeta><itemClass qcode="ninat:text"/><provider><name>Eastport Wire</name></provider>
<versionCreated>2021-05-05T09:00:00Z</versionCreated><firstCreated>2021-05-04T09:00:00Z</firstCreated>
<pubStatus qcode="{status}"/></itemMeta>
<contentMeta><headline>Ferries stay in dock</headline></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
PARAGRAPHS = f"<p>{LEAD}</p><p>{MORE}</p>"
INLINE = {
    "nitf": '<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/'
    f'2006-10-18/"><body><body.head><hedline><hl1>Inner</hl1></hedline></body.head><body.content>'
    f"<p>{LEAD}</p><p>{MORE}</p></body.content></body></nitf></inlineXML>",
    "xhtml": '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/'
    f'xhtml"><head><title>x</title></head><body><p>{LEAD}</p><p>{MORE}</p></body></html></inlineXML>',
    "plain": f'<inlineData contenttype="text/plain">{LEAD}\n\n{MORE}</inlineData>',
    "html": f'<inlineData contenttype="text/html">{escape(PARAGRAPHS)}</inlineData>',
}


@pytest.mark.parametrize("kind", INLINE)
def test_newsml_g2(tmp_path: Path, kind: str) -> None:
    text = G2.format(n=1, status="stat:usable", content=INLINE[kind])
    article = one(write(tmp_path / "a.xml", text))
    assert (article.title, article.outlet) == ("Ferries stay in dock", "Eastport Wire")
    assert article.text == f"{LEAD}\n\n{MORE}"
    assert (article.published, article.updated) == (date(2021, 5, 4), date(2021, 5, 5))
    assert (article.language, article.withdrawn) == ("en-GB", None)


def test_a_message_of_newsml_g2(tmp_path: Path) -> None:
    items = (
        G2.format(n=1, status="stat:usable", content=INLINE["nitf"]),
        G2.format(n=2, status="stat:canceled", content=INLINE["plain"]),
        G2.format(n=3, status="stat:usable", content="<remoteContent href='x.jpg'/>"),
    )
    message = (
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2021-05-05</sent>'
        f"</header><itemSet>{''.join(items)}</itemSet></newsMessage>"
    )
    articles, rejected = read(write(tmp_path / "a.xml", message))
    assert [article.withdrawn for article in articles] == [None, date(2021, 5, 5)]
    assert len({article.id for article in articles}) == 2
    assert ["news item 3" in entry.reason for entry in rejected] == [True]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not XML"),
        (b"words", "not XML"),
        (b"<svg/>", "<svg>"),
        (b"<rss><channel/></rss>", "no article"),
        (b"\0\1\2", "not XML"),
        (b"<NewsML><NewsItem></NewsML>", "breaks off"),
    ],
)
def test_xml_that_is_no_news(tmp_path: Path, data: bytes, reason: str) -> None:
    assert reason in refused(write(tmp_path / "a.xml", data))


def test_nothing_is_fetched_and_no_entity_resolved(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", "the secret words")
    text = rss(item()).replace(
        "<rss", f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss'
    )
    path = write(tmp_path / "a.xml", text.replace("Ferries 1", "Ferries &x;"))
    article = one(path)
    assert "secret words" not in article.title + article.text
    doc = nitf().replace(
        '<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">',
        f'<!DOCTYPE nitf [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
    )
    article = one(write(tmp_path / "b.xml", doc.replace(LEAD, f"&x;{LEAD}")))
    assert "secret words" not in article.text
    assert LEAD in article.text


def test_entities_of_html_are_words(tmp_path: Path) -> None:
    text = nitf().replace(MORE, "caf&eacute; &mdash; open")
    assert "café — open" in one(write(tmp_path / "a.xml", text)).text


def test_paragraphs_of_markup() -> None:
    assert from_html("no tags at all") == "no tags at all"
    assert from_html("one<br>two<p>three <b>f</b>our</p>") == "one\ntwo\n\nthree four"
    assert from_html("<ul><li>a</li><li>b</li></ul>&copy; c") == "a\n\nb\n\n© c"
    assert from_html("<script>x</script><style>y</style><p>z</p>") == "z"
    assert from_html("") == ""
    assert from_html("<div>" * 500 + "deep") == "deep"
    assert DAY_UNKNOWN.year == 1
    assert LAST in from_html(f"<p>{LAST}")
