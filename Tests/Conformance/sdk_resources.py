"""Models, voices and dictionaries."""

from kugelaudio import NotFoundError, ValidationError

from checks import Checks, holds, raises, same, same_sound
from client import VOICE
from tone import tone

checks = Checks("resources")


@checks
def models(service):
    """models names the current one and its limits"""
    with service.open() as client:
        known = {model.id: model for model in client.models.list()}
    holds("kugel-3.5" in known and "kugel-3" in known, f"only {list(known)}")
    same(known["kugel-3.5"].sample_rate, 24000, "rate")
    same(known["kugel-3.5"].max_input_length, 10000, "limit")


@checks
def pages(service):
    """voices come in pages without gaps or repeats"""
    with service.open() as client:
        total = client.voices.list(limit=1).total
        seen = []
        while len(seen) < total:
            page = client.voices.list(limit=7, offset=len(seen))
            same((page.total, page.limit, page.offset), (total, 7, len(seen)), "page")
            holds(page.voices, "an empty page within")
            seen += [voice.id for voice in page.voices]
        same(len(set(seen)), total, "voices")
        same(client.voices.list(limit=7, offset=total).voices, [], "page after the last")
    holds({123, 268, 480, 1071, 1072} <= set(seen), "numbers of examples are missing")


@checks
def filtered(service):
    """voices of a language only, and pages out of range are refused"""
    with service.open() as client:
        voices = client.voices.list(language="de", limit=100).voices
        holds(voices and all("de" in v.supported_languages for v in voices), "other languages")
        same(client.voices.list(language="ja").voices, [], "voices that speak Japanese")
        raises(ValidationError, lambda: client.voices.list(limit=101))


@checks
def one_voice(service):
    """one voice is told in full, an unknown one is NotFoundError"""
    with service.open() as client:
        voice = client.voices.get(VOICE)
        same(voice.id, VOICE, "id")
        listed = next(v for v in client.voices.list(limit=100).voices if v.id == VOICE)
        same(voice.name, listed.name, "name")
        error = raises(NotFoundError, lambda: client.voices.get(987654))
        same(error.error_code, "NOT_FOUND", "error")


@checks
def dictionaries(service):
    """dictionaries are made, told, changed and deleted"""
    with service.open() as client:
        made = client.dictionaries.create(name="Brands", description="Ours", language="en")
        same((made.name, made.description, made.language, made.is_active),
             ("Brands", "Ours", "en", True), "dictionary")
        holds(made.created_at and made.updated_at, "no times")
        same(client.dictionaries.get(made.id), made, "dictionary")
        holds(made in client.dictionaries.list(), "it is not listed")
        changed = client.dictionaries.update(made.id, name="Names", is_active=False)
        same((changed.name, changed.description, changed.is_active), ("Names", "Ours", False),
             "changed")
        client.dictionaries.delete(made.id)
        raises(NotFoundError, lambda: client.dictionaries.get(made.id))
        raises(NotFoundError, lambda: client.dictionaries.delete(made.id))
        raises(ValidationError, lambda: client.dictionaries.create(name=""))


@checks
def entries(service):
    """entries are added, found, changed, replaced and deleted"""
    with service.open() as client:
        book = client.dictionaries.create(name="Words")
        calls = client.dictionaries.entries
        first = calls.add(book.id, word="Postgres", replacement="post gres")
        same((first.dictionary_id, first.word, first.replacement, first.case_sensitive),
             (book.id, "Postgres", "post gres", False), "entry")
        calls.add(book.id, word="K8s", replacement="kubernetes", case_sensitive=True)
        calls.add(book.id, word="Kugel", replacement="Kugel", ipa="ˈkuːɡl̩")
        page = calls.list(book.id, limit=2)
        same((page.total, page.limit, page.offset, len(page.entries)), (3, 2, 0, 2), "page")
        same([e.word for e in calls.list(book.id, search="GRES").entries], ["Postgres"], "found")
        same(calls.update(book.id, first.id, replacement="postgress").replacement, "postgress",
             "changed")
        told = calls.replace_all(book.id, entries=[
            {"word": "Postgres", "replacement": "post"}, {"word": "New", "replacement": "newer"}])
        same((told.upserted, told.deleted, told.total), (2, 2, 2), "replaced")
        left = calls.list(book.id).entries
        same(sorted(e.word for e in left), ["New", "Postgres"], "left")
        calls.delete(book.id, left[0].id)
        same(calls.list(book.id).total, 1, "entries")
        raises(NotFoundError, lambda: calls.delete(book.id, left[0].id))
        client.dictionaries.delete(book.id)


@checks
def spoken(service):
    """a dictionary changes what is said, from the next request on"""
    with service.open() as client:
        book = client.dictionaries.create(name="Spoken")
        client.dictionaries.entries.add(book.id, word="K8s", replacement="kubernetes")

        def say(**wish):
            return client.tts.generate(
                text="Use K8s today", voice_id=VOICE, language="en", **wish).audio

        project = book.project_id
        same_sound(say(project_id=project, dictionary_ids=[book.id]), tone("Use kubernetes today"))
        same_sound(say(project_id=project, dictionary_ids=[]), tone("Use K8s today"))
        same_sound(say(project_id=project), tone("Use kubernetes today"))
        client.dictionaries.delete(book.id)
        same_sound(say(project_id=project), tone("Use K8s today"))
