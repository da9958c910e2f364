"""A real Django beside the application, on the same database, asked by the tests.

One request a line on stdin, {"do": NAME, "with": {...}}; one answer a line on stdout, {"answer": ...}
or {"error": TRACEBACK}. What is asked in lists is answered in lists: one line serves thousands of cases.
The environment names the database (DATABASE_URL), SECRET_KEY, TIME_ZONE, AUTH_USER_MODEL (auth.User, or the
accounts.User of user_model/), PREFERRED_HASHER, which is the first of PASSWORD_HASHERS, and, in JSON, the
COSTS of the hashers. Any Django from 3.2 will do.
"""

import datetime
import io
import json
import os
import pickle
import sys
import time
import traceback
import unicodedata
from pathlib import Path
from urllib.parse import unquote, urlparse

import django
from django.conf import settings
from django.contrib.auth import hashers


def database(url):
    if url.startswith("file:"):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(url[len("file:"):])}
    parts = urlparse(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path[1:],
        "USER": parts.username,
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname,
        "PORT": parts.port or 5432,
    }


HASHERS = [
    name
    for name in (
        "BCryptSHA256PasswordHasher",
        "PBKDF2PasswordHasher",
        "PBKDF2SHA1PasswordHasher",
        "Argon2PasswordHasher",
        "BCryptPasswordHasher",
        "ScryptPasswordHasher",
        "MD5PasswordHasher",
    )
    if hasattr(hashers, name)
]

PREFERRED = os.environ.get("PREFERRED_HASHER") or HASHERS[0]
HASHERS.sort(key=lambda name: name != PREFERRED)

AUTH_USER_MODEL = os.environ.get("AUTH_USER_MODEL", "auth.User")
OWN_APPS = [] if AUTH_USER_MODEL == "auth.User" else [AUTH_USER_MODEL.split(".")[0]]
sys.path.insert(0, str(Path(__file__).parent / "user_model"))

# What a settings module does by itself, and settings.configure() does not.
os.environ["TZ"] = os.environ.get("TIME_ZONE", "UTC")
time.tzset()
settings.configure(
    SECRET_KEY=os.environ["SECRET_KEY"],
    TIME_ZONE=os.environ["TZ"],
    USE_TZ=True,
    AUTH_USER_MODEL=AUTH_USER_MODEL,
    DATABASES={"default": database(os.environ["DATABASE_URL"])},
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        *OWN_APPS,
    ]
    + os.environ.get("FURTHER_APPS", "").split(),
    SITE_ID=1,
    SOCIALACCOUNT_STORE_TOKENS=True,
    PASSWORD_HASHERS=["django.contrib.auth.hashers." + name for name in HASHERS],
    AUTH_PASSWORD_VALIDATORS=[
        {"NAME": "django.contrib.auth.password_validation." + name}
        for name in (
            "UserAttributeSimilarityValidator",
            "MinimumLengthValidator",
            "CommonPasswordValidator",
            "NumericPasswordValidator",
        )
    ],
)
for class_name, costs in json.loads(os.environ.get("COSTS", "{}")).items():
    for cost, value in costs.items():
        setattr(getattr(hashers, class_name, type("Absent", (), {})), cost, value)
try:
    # Old releases of the library make shorter hashes than Django 6 asks for.
    import argon2

    argon2.DEFAULT_HASH_LENGTH = 32
except ImportError:
    pass
django.setup()

from django.contrib.admin.models import LogEntry  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    authenticate,
    get_user,
    get_user_model,
    login,
    logout,
    password_validation,
    update_session_auth_hash,
)
from django.contrib.auth.forms import PasswordResetForm  # noqa: E402
from django.contrib.auth.models import Group, Permission  # noqa: E402
from django.contrib.auth.tokens import PasswordResetTokenGenerator  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.middleware import SessionMiddleware  # noqa: E402
from django.core import signing  # noqa: E402
from django.core.exceptions import ValidationError  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.validators import validate_email  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.db.migrations import AlterField  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.encoding import force_bytes  # noqa: E402
from django.utils.http import (  # noqa: E402
    url_has_allowed_host_and_scheme,
    urlsafe_base64_encode,
)


User = get_user_model()


def named(username):
    return User.objects.get_by_natural_key(username)


class PickleSerializer:
    """Django's own, which 5.0 has no more."""

    def dumps(self, obj):
        return pickle.dumps(obj)


SERIALIZERS = {"JSONSerializer": signing.JSONSerializer, "PickleSerializer": PickleSerializer}


def about():
    usable = []
    for name in HASHERS:
        try:
            hasher = getattr(hashers, name)()
            hasher.encode("x", hasher.salt())
            usable.append(hasher.algorithm)
        except (ImportError, ValueError):
            continue
    return {
        "version": list(django.VERSION[:3]),
        "hashers": usable,
        "unicode": unicodedata.unidata_version,
    }


# The tables


def migrate(arguments=()):
    output = io.StringIO()
    call_command("migrate", *arguments, interactive=False, no_color=True, stdout=output)
    ContentType.objects.clear_cache()
    return output.getvalue()


def pending_migrations():
    """What Django would still change in the tables of its apps."""
    output = io.StringIO()
    try:
        call_command("makemigrations", "--dry-run", "--check", no_color=True, stdout=output)
    except SystemExit:
        return output.getvalue()
    return ""


def all_tables():
    """Every table, Django's or not; without what SQLite keeps for itself."""
    with connection.cursor() as cursor:
        return [name for name in connection.introspection.table_names(cursor) if "sqlite_" not in name]


def django_tables():
    return connection.introspection.django_table_names(only_existing=True) + ["django_migrations"]


def triggers():
    """How many triggers the tables have besides those of the database itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT COUNT(*) FROM pg_trigger WHERE NOT tgisinternal")
        return cursor.fetchone()[0]


def history():
    """The admin's log as Django's pages show it."""
    return [
        [entry.user.get_username(), str(entry), entry.get_change_message()]
        for entry in LogEntry.objects.order_by("pk")
    ]


def remove_stale():
    output = io.StringIO()
    call_command(
        "remove_stale_contenttypes", include_stale_apps=True, interactive=False, stdout=output
    )
    return sorted(set(ContentType.objects.values_list("app_label", flat=True)))


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def rows():
    """Each row of Django's tables, as texts."""
    with connection.cursor() as cursor:
        found = {}
        for model in (ContentType, Permission, Group, User):
            cursor.execute('SELECT * FROM "%s" ORDER BY id' % model._meta.db_table)
            found[model._meta.db_table] = [[str(value) for value in row] for row in cursor.fetchall()]
        return found


def permission_rows():
    found = Permission.objects.order_by("pk").values_list(
        "content_type__app_label", "content_type__model", "codename", "name"
    )
    return [list(row) for row in found]


# Users, groups, permissions


def make_world(world):
    """Rows from a description, which names permissions app.model.codename."""
    with transaction.atomic():
        for described in world["contentTypes"]:
            content_type = ContentType.objects.create(
                app_label=described["appLabel"], model=described["model"]
            )
            for codename in described["codenames"]:
                Permission.objects.create(content_type=content_type, codename=codename, name=codename)
        labels = {
            "%s.%s.%s" % (p.content_type.app_label, p.content_type.model, p.codename): p
            for p in Permission.objects.select_related("content_type")
        }
        for described in world["groups"]:
            group = Group.objects.create(name=described["name"])
            group.permissions.set([labels[label] for label in described["permissions"]])
        for described in world["users"]:
            user = User.objects.create_user(
                described["username"],
                is_active=described["isActive"],
                is_staff=described["isStaff"],
                is_superuser=described["isSuperuser"],
            )
            user.user_permissions.set([labels[label] for label in described["permissions"]])
            user.groups.set(Group.objects.filter(name__in=described["groups"]))


def clear_world(content_types):
    Group.objects.all().delete()
    User.objects.all().delete()
    for described in content_types:
        ContentType.objects.filter(app_label=described["appLabel"], model=described["model"]).delete()
    ContentType.objects.clear_cache()


def holdings(usernames, perms, labels):
    return [holding(named(username), perms, labels) for username in usernames]


def holding(user, perms, labels):
    about_object = object()
    return {
        "all": sorted(user.get_all_permissions()),
        "own": sorted(user.get_user_permissions()),
        "group": sorted(user.get_group_permissions()),
        "allOnObject": sorted(user.get_all_permissions(about_object)),
        "has": [user.has_perm(perm) for perm in perms],
        "hasOnObject": [user.has_perm(perm, about_object) for perm in perms],
        "modules": [user.has_module_perms(label) for label in labels],
    }


def with_perm(questions):
    return [
        sorted(
            User.objects.with_perm(
                question["perm"],
                is_active=question["isActive"],
                include_superusers=question["includeSuperusers"],
            ).values_list(User.USERNAME_FIELD, flat=True)
        )
        for question in questions
    ]


def state():
    """All users and groups as the tests compare them."""
    return {
        "users": [
            {
                "id": user.pk,
                "username": user.get_username(),
                "email": user.email,
                "firstName": user.first_name,
                "lastName": user.last_name,
                "password": user.password,
                "isActive": user.is_active,
                "isStaff": user.is_staff,
                "isSuperuser": user.is_superuser,
                "lastLogin": moment(user.last_login),
                "dateJoined": moment(user.date_joined),
                "groups": sorted(user.groups.values_list("name", flat=True)),
                "permissions": sorted(user.user_permissions.values_list("pk", flat=True)),
                "held": sorted(user.get_all_permissions()),
                "sessionAuthHash": user.get_session_auth_hash(),
                **{name: getattr(user, name) for name in ("phone", "floor") if hasattr(user, name)},
            }
            for user in User.objects.order_by("pk")
        ],
        "groups": [
            {"name": group.name, "permissions": sorted(group.permissions.values_list("pk", flat=True))}
            for group in Group.objects.order_by("pk")
        ],
    }


def moment(stored):
    """Milliseconds since 1970, as JavaScript has them: it knows no microseconds."""
    if stored is None:
        return None
    since = stored - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    return since // datetime.timedelta(milliseconds=1)


def create_user(username, email, password):
    return User.objects.create_user(username, email, password).pk


def change_user(username, changes):
    user = named(username)
    for name, value in changes.items():
        setattr(user, name, value)
    user.save()


def set_password(username, password):
    user = named(username)
    user.set_password(password)
    user.save()


def signs_in(username, password):
    return authenticate(username=username, password=password) is not None


def begin_session(username, password):
    """Sign in: the key of a session of Django's own."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, authenticate(username=username, password=password))
    request.session.save()
    return request.session.session_key


def is_signed_in(session):
    request = HttpRequest()
    request.session = SessionStore(session)
    return get_user(request).is_authenticated


# Sessions that both share

opened = {}


def session_items(session):
    return dict(SessionStore(session).items())


def session_set(session, values):
    store = SessionStore(session)
    store.update(values)
    store.save()


def session_set_odd(session):
    session_set(session, {"huge": 12345678901234567891234567890, "not": float("nan"), "float": 1.0})


def odd_items(session):
    return [str(SessionStore(session).get(name)) for name in ("huge", "not", "float")]


def session_items_json(session):
    """Without what JSON does not know."""
    return {name: value for name, value in session_items(session).items() if name not in ("huge", "not")}


def begin_guest(values):
    store = SessionStore()
    store.update(values)
    store.save()
    return store.session_key


def session_open(session):
    """Begin a request that has read the session; `session_close` ends it."""
    opened[session] = SessionStore(session)
    opened[session].load()
    opened[session].get("_auth_user_id")


def session_close(session, values):
    store = opened.pop(session)
    store.update(values)
    store.save()


def sign_out(session):
    request = HttpRequest()
    request.session = SessionStore(session)
    logout(request)


def change_own_password(session, password):
    """As Django's page for it does: this session goes on under another key, which is returned."""
    request = HttpRequest()
    request.session = SessionStore(session)
    request.user = get_user(request)
    request.user.set_password(password)
    request.user.save()
    update_session_auth_hash(request, request.user)
    request.session.save()
    return request.session.session_key


def visit(cookies):
    """A request of a browser with these cookies, through Django's middleware: who asks, and what is set."""
    request = HttpRequest()
    request.COOKIES = cookies

    def view(asking):
        return HttpResponse(get_user(asking).get_username())

    response = SessionMiddleware(view)(request)
    return {
        "username": response.content.decode(),
        "cookies": {name: morsel.value for name, morsel in response.cookies.items()},
    }


def expiry_of(session):
    store = SessionStore(session)
    row = store.model.objects.get(pk=session)
    return {
        "expires": moment(row.expire_date),
        "withBrowser": store.get_expire_at_browser_close(),
        "age": store.get_expiry_age(modification=timezone.now()),
    }


def set_expiry(session, value):
    store = SessionStore(session)
    store.set_expiry(value)
    store.save()


def signed(data, salt, key=None, serializer="JSONSerializer"):
    """What Django signs, as the tests damage it."""
    return signing.dumps(data, key=key, salt=salt, compress=True, serializer=SERIALIZERS[serializer])


def create_group(name):
    Group.objects.create(name=name)


def set_member(username, group, member):
    groups = named(username).groups
    (groups.add if member else groups.remove)(Group.objects.get(name=group))


def set_grant(username, permission, granted):
    held = named(username).user_permissions
    (held.add if granted else held.remove)(permission)


def set_group_grant(group, permission, granted):
    held = Group.objects.get(name=group).permissions
    (held.add if granted else held.remove)(permission)


def create_users(usernames):
    User.objects.bulk_create(User(username=username, password="!") for username in usernames)


def rename_users(prefix, last_name):
    User.objects.filter(username__startswith=prefix).update(last_name=last_name)


def delete_users(prefix):
    User.objects.filter(username__startswith=prefix).delete()


def remake_users():
    """Alter a column of auth_user and alter it back. On SQLite Django makes the table anew for that."""
    before = MigrationExecutor(connection).loader.project_state()
    for length in (151, 150):
        name = models.CharField("first name", max_length=length, blank=True)
        operation = AlterField("user", "first_name", name)
        after = before.clone()
        operation.state_forwards("auth", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("auth", editor, before, after)
        before = after


def delete_user(username):
    named(username).delete()


def log_and_sign_in(username):
    """A line in the history of the admin, and a session of Django's own."""
    user = named(username)
    LogEntry.objects.create(user=user, object_id=user.pk, object_repr="x", action_flag=2)
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session.save()


def delete_group(group):
    Group.objects.get(name=group).delete()


# Passwords


def encode(passwords):
    """[algorithm, password] each; null where the library behind the hasher refuses the password."""
    return [attempt(hashers.make_password, password, hasher=name) for name, password in passwords]


def verify(pairs):
    """[password, encoded] each; null where the library behind the hasher refuses the password."""
    return [attempt(hashers.check_password, password, encoded) for password, encoded in pairs]


def attempt(function, *values, **options):
    try:
        return function(*values, **options)
    except ValueError:
        return None


def must_update(encodings):
    return [hashers.identify_hasher(encoded).must_update(encoded) for encoded in encodings]


def summaries(encodings):
    """The values that are shown of an encoded password, without their translated labels."""
    return [
        [str(value) for value in hashers.identify_hasher(encoded).safe_summary(encoded).values()]
        for encoded in encodings
    ]


def usable(encodings):
    return [hashers.is_password_usable(encoded) for encoded in encodings]


def judge_passwords(cases):
    """The codes of the project template's four validators for each password and user."""
    return [codes_of(password_validation.validate_password, c["password"], person(c["user"])) for c in cases]


def person(fields):
    if fields is None:
        return None
    user = User(
        first_name=fields["firstName"], last_name=fields["lastName"], email=fields["email"]
    )
    user.username = fields["username"]
    return user


def codes_of(validate, *values):
    try:
        validate(*values)
        return []
    except ValidationError as error:
        return [each.code for each in error.error_list]


# Reset links


class Clock(PasswordResetTokenGenerator):
    now = None

    def _now(self):
        return self.now


def generator(seconds):
    """Django's generator at a moment, in seconds since 1970, in the local time of TIME_ZONE."""
    tokens = Clock()
    tokens.key_salt = PasswordResetTokenGenerator.key_salt
    tokens.now = datetime.datetime.fromtimestamp(seconds)
    return tokens


def make_tokens(cases):
    return [generator(case["now"]).make_token(account(case)) for case in cases]


def check_tokens(cases):
    return [generator(case["now"]).check_token(account(case), case["token"]) for case in cases]


def account(case):
    """The user as the database has it, and not as an earlier case left it in memory."""
    return User.objects.get(pk=case["user"])


def encode_uids(ids):
    return [urlsafe_base64_encode(force_bytes(pk)) for pk in ids]


def reset_recipients(addresses):
    return [sorted(user.get_username() for user in PasswordResetForm().get_users(email)) for email in addresses]


# Texts


def is_unknown(text):
    """Whether it has a character that this Python's Unicode lacks and a newer one may have."""
    return any(unicodedata.category(character) == "Cn" for character in text)


def judge_usernames(texts):
    """The normal form, and the model field's verdict on it; null for an unknown character."""
    field = User._meta.get_field("username")
    judged = []
    for text in texts:
        if is_unknown(text):
            judged.append(None)
            continue
        normal = User.normalize_username(text)
        judged.append({"normal": normal, "codes": codes_of(field.clean, normal, None)})
    return judged


def judge_emails(texts):
    return [
        {"normal": User.objects.normalize_email(text), "codes": codes_of(validate_email, text)}
        for text in texts
    ]


def judge_urls(cases):
    """Whether each may be followed; null for one that begins with an unknown character."""
    return [
        None
        if is_unknown(case["url"].strip()[:1])
        else url_has_allowed_host_and_scheme(
            case["url"], allowed_hosts=set(case["hosts"]), require_https=case["https"]
        )
        for case in cases
    ]


def serve(functions):
    known = {name: value for name, value in functions.items() if callable(value)}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"answer": known[request["do"]](**request["with"])}
        except Exception:
            answer = {"error": traceback.format_exc()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve(globals())
