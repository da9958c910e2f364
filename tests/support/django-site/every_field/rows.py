"""Rows of every field, with the values that hurt: made by Django, and compared by Django."""

import json

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection

TEXT = "a “quote”, 'and' \\ 100% _x_ 👩‍🚀"
LONG = "é" * 100

# By model and field: what Django writes first, and what is typed afterwards. Both as texts, which the
# field's own to_python reads.
VALUES = {
    "whole": {
        "plain": ["-2147483648", "2147483647"],
        "small": ["-32768", "32767"],
        "big": ["-9223372036854775808", "9223372036854775807"],
        "positive": ["2147483647", "0"],
        "positive_small": ["32767", "0"],
        "positive_big": ["9223372036854775807", "9007199254740993"],
        "nothing": [None, "0"],
    },
    "wide": {
        "name": [TEXT, LONG],
        "letter": ["", "👩"],
        "note": ["one\r\n two\t\r\n", TEXT],
        "slug": ["a-b_c", "0"],
        "email": ["", "é@example.com"],
        "address": ["https://example.com/?a=1&b=%20#x", ""],
        "numbers": ["1,2,3", "-1"],
        "choice": ["a", "b"],
    },
    "small": {
        "document": ["documents/é 1.txt", ""],
        "picture": ["", "pictures/1.png"],
        "path": ["/etc/hosts", "/"],
    },
    "moment": {
        "at": ["2026-02-28 23:59:59.999000+00:00", "1999-12-31 23:59:59+00:00"],
        "day": ["0001-01-01", "2028-02-29"],
        "clock": ["23:59:59.999999", "00:00:00"],
        "span": ["3 04:05:06.000007", None],
        "made": [None, "2026-11-28 12:00:00+00:00"],
    },
    "number": {
        "price": ["-9999999999.99", "0.10"],
        "exact": ["12345.0123456789", "0.0000000001"],
        "ratio": ["0.1", "1.5e300"],
    },
    "odd": {
        "token": ["0a0b0c0d-0000-4000-8000-00000000ffff", "ffffffff-ffff-4fff-bfff-ffffffffffff"],
        "data": ['{"a": [1, "two", null, {"b": 0.1}], "👩": ""}', '{"b": [true]}'],
        "client": ["2001:db8::1", "192.0.2.1"],
        "client_v4": ["192.0.2.255", None],
    },
    "token": {"label": ["one", "two"]},
    "currency": {"name": ["Euro", "€"]},
    "place": {"name": ["Here", "There"]},
    "profile": {"about": ["", TEXT]},
    "tag": {"name": ["red", "green"]},
    "person": {"name": ["Ada", "Ada Lovelace"]},
    "club": {"name": ["Chess", "Go"]},
    "membership": {"since": ["2000", "-1"]},
    "columns": {
        **{name: [f"{name} 1", f"{name} 2"] for name in ("select", "first", "second", "third")},
        **{name: [f"{name} 1", f"{name} 2"] for name in ("fourth", "fifth", "sixth", "seventh")},
        **{name: [f"{name} 1", f"{name} 2"] for name in ("eighth", "ninth")},
    },
    "together": {"shelf": ["A", "B"], "place": ["1", "999"]},
    "lists": {"label": ["one", "two"]},
}
FLAGS = {"whole": ["flag", "perhaps"], "together": ["is_current"]}


def of(name):
    return apps.get_model("every_field", name)


def models():
    return {name: of(name) for name in VALUES if name != "lists" or connection.vendor == "postgresql"}


def value(model, name, text):
    field = model._meta.get_field(name)
    if text is None:
        return None
    return json.loads(text) if name == "data" else field.to_python(text)


def make_rows():
    """A row of each model, with the first of the values. Returns how many tables the app has."""
    user = get_user_model().objects.first()
    made = {}
    of("country").objects.create(code="DE", name="Germany")
    for name, model in models().items():
        if name == "currency":
            keys = {"id": "EUR"}
        elif name == "profile":
            keys = {"user": user}
        elif name == "odd":
            keys = {"picture": b"\x00\x01\xff"}
        elif name == "person":
            keys = {key: made[key] for key in ("token", "currency")}
            keys.update({"account": user, "country_id": "Germany"})
        elif name == "membership":
            keys = {"person": made["person"], "club": made["club"]}
        elif name == "lists":
            keys = {"numbers": [1, 2], "words": ["a", None], "pairs": {"a": "b", "c": None}}
        else:
            keys = {}
        values = {each: value(model, each, first) for each, (first, _) in VALUES[name].items()}
        made[name] = model.objects.create(**values, **keys)
    of("restaurant").objects.create(name="Corner")
    made["person"].tags.add(made["tag"])
    made["person"].friends.add(of("person").objects.create(name="Grace", boss=made["person"]))
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return len([name for name in names if name.startswith("every_field_")])


def typed():
    """By model: the number of its first row, and by column what is to be typed."""
    return {
        name: {
            "id": str(model.objects.order_by("pk").first().pk),
            "values": {
                model._meta.get_field(each).column: "" if second is None else second
                for each, (_, second) in VALUES[name].items()
            },
            "flags": [model._meta.get_field(each).column for each in FLAGS.get(name, [])],
        }
        for name, model in models().items()
    }


def differing(changed):
    """What is not as it should be: the second value of a column that was changed, the first of any other."""
    found = []
    for name, model in models().items():
        row = model.objects.order_by("pk").first()
        for each, pair in VALUES[name].items():
            field = model._meta.get_field(each)
            wanted = value(model, each, pair[field.column in changed.get(name, [])])
            is_empty = wanted in (None, "") and getattr(row, each) in (None, "")
            if getattr(row, each) != wanted and not is_empty:
                found.append(f"{name}.{each}: {getattr(row, each)!r}, not {wanted!r}")
    return found


def columns():
    return [
        f"{name}.{model._meta.get_field(each).column}"
        for name, model in models().items()
        for each in VALUES[name]
    ]


def unchanged(changed):
    """The columns that were not typed into any form."""
    written = [f"{name}.{column}" for name, each in changed.items() for column in each]
    return [column for column in columns() if column not in written]


def ties():
    """What only keys say of the first person, and what no form here holds."""
    person = of("person").objects.get(boss=None)
    return {
        "account": person.account_id,
        "country": person.country_id,
        "token": str(person.token_id),
        "currency": person.currency_id,
        "home": person.home_id,
        "tags": sorted(person.tags.values_list("pk", flat=True)),
        "friends": sorted(person.friends.values_list("pk", flat=True)),
        "clubs": sorted(person.clubs.values_list("pk", flat=True)),
        "picture": bytes(of("odd").objects.first().picture).hex(),
        "lists": lists(),
    }


def lists():
    if connection.vendor != "postgresql":
        return []
    return list(of("lists").objects.values_list("numbers", "words", "pairs"))


def change_rows():
    """What Django writes behind the screens' back."""
    of("tag").objects.update(name="blue")
    of("whole").objects.update(plain=-7)
