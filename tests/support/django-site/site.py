"""A real Django site with a user model of its own, for the tests: made, asked, and asked again.

    python3 site.py FOLDER KIND AUTO_FIELD ACTION [JSON]

KIND is "stock", "abstract" (AbstractUser with further fields), "email" (AbstractBaseUser, email for a
name) or "every-field" (the stock model, and the app in every_field/ in the place of the polls); AUTO_FIELD is "AutoField" or "BigAutoField". ACTION is a function below; what it returns is
printed as one line of JSON. The environment names DATABASE_URL and SECRET_KEY. Any Django from 3.2.
"""

import io
import json
import os
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

import django
from django.conf import settings

FOLDER, KIND, AUTO_FIELD, ACTION = sys.argv[1:5]

MODELS = {
    "stock": "",
    "every-field": "",
    "abstract": """
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    phone = models.CharField(max_length=20, blank=True)
    floor = models.IntegerField(null=True, blank=True)
    birthday = models.DateField(null=True, blank=True)
    is_vip = models.BooleanField(default=False)
""",
    "email": """
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
""",
}

POLLS = """
from django.conf import settings
from django.db import models


class Question(models.Model):
    question_text = models.CharField(max_length=200)
    pub_date = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)

    class Meta:
        permissions = [("close_question", "Can close question")]


class Choice(models.Model):
    question = models.ForeignKey(Question, models.CASCADE)
    choice_text = models.CharField(max_length=200)
    votes = models.IntegerField(default=0)
"""


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


def write(app, models):
    folder = Path(FOLDER) / app
    (folder / "migrations").mkdir(parents=True, exist_ok=True)
    (folder / "__init__.py").touch()
    (folder / "migrations" / "__init__.py").touch()
    (folder / "models.py").write_text(models)


IS_STOCK = MODELS[KIND] == ""
IS_POSTGRESQL = os.environ["DATABASE_URL"].startswith("postgres")
# Its field of keys and values is known to the driver by this app alone.
POSTGRES = ["django.contrib.postgres"] if KIND == "every-field" and IS_POSTGRESQL else []
OWN = ["every_field"] if KIND == "every-field" else [*([] if IS_STOCK else ["accounts"]), "polls"]
for name in OWN:
    if name == "every_field":
        write(name, (Path(__file__).parent / name / "models.py").read_text())
        shutil.copy(Path(__file__).parent / name / "rows.py", Path(FOLDER) / name)
    else:
        write(name, MODELS[KIND] if name == "accounts" else POLLS)
sys.path.insert(0, FOLDER)
settings.configure(
    SECRET_KEY=os.environ["SECRET_KEY"],
    USE_TZ=True,
    DATABASES={"default": database(os.environ["DATABASE_URL"])},
    DEFAULT_AUTO_FIELD="django.db.models." + AUTO_FIELD,
    AUTH_USER_MODEL="auth.User" if IS_STOCK else "accounts.User",
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        *POSTGRES,
        *OWN,
    ],
    # What Pillow would be asked for.
    SILENCED_SYSTEM_CHECKS=["fields.E210"],
)
django.setup()

from django.contrib.admin.models import LogEntry  # noqa: E402
from django.contrib.auth import authenticate, get_user, get_user_model, login  # noqa: E402
from django.contrib.auth.models import Group, Permission  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.db.migrations import AlterField  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.http import HttpRequest  # noqa: E402

User = get_user_model()


def named(name):
    return User.objects.get(**{User.USERNAME_FIELD: name})


def make(people):
    """The tables, a group that may view polls, and people in it, each with an entry of the admin's log."""
    quiet = io.StringIO()
    if KIND == "every-field" and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION hstore; CREATE EXTENSION citext")
    for app in OWN:
        call_command("makemigrations", app, stdout=quiet, verbosity=0)
    call_command("migrate", stdout=quiet, verbosity=0)
    group = Group.objects.create(name="Readers")
    if "polls" in OWN:
        group.permissions.add(Permission.objects.get(codename="view_question"))
    for person in people:
        user = User.objects.create_user(**person)
        user.groups.add(group)
        LogEntry.objects.create(user=user, object_repr="x", action_flag=1, change_message="")
    return User._meta.db_table


def rows():
    """Each row of what Django has, as texts, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute('SELECT * FROM "%s" ORDER BY 1' % table)
            found[table] = [[str(value) for value in row] for row in cursor.fetchall()]
    return found


def signs_in(name, password):
    return authenticate(username=name, password=password) is not None


def begin_session(name, password):
    request = HttpRequest()
    request.session = SessionStore()
    login(request, authenticate(username=name, password=password))
    request.session.save()
    return request.session.session_key


def is_signed_in(session):
    request = HttpRequest()
    request.session = SessionStore(session)
    return get_user(request).is_authenticated


def groups_of(name):
    return sorted(named(name).groups.values_list("name", flat=True))


def join(name, group):
    named(name).groups.add(Group.objects.get_or_create(name=group)[0])


def permissions_of(name):
    return sorted(named(name).get_all_permissions())


def change(name, values):
    User.objects.filter(pk=named(name).pk).update(**values)


def delete(name):
    named(name).delete()


def migrate():
    output = io.StringIO()
    call_command("migrate", stdout=output, no_color=True)
    return output.getvalue()


def rebuild_users():
    """Alter a column and put it back: on SQLite Django makes the table anew, without what hangs on it."""
    label = User._meta.app_label
    before = MigrationExecutor(connection).loader.project_state()
    for default in (False, True):
        for is_null in (True, False):
            flag = models.BooleanField(default=default, null=is_null)
            operation = AlterField("user", "is_active", flag)
            after = before.clone()
            operation.state_forwards(label, after)
            with connection.schema_editor() as editor:
                operation.database_forwards(label, editor, before, after)
            before = after


def add_column(table, column):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD COLUMN {column} integer NULL")


def tables():
    """Every table, and those that Django has: equal where it is alone."""
    with connection.cursor() as cursor:
        found = [each for each in connection.introspection.table_names(cursor) if "sqlite_" not in each]
    own = connection.introspection.django_table_names(only_existing=True) + ["django_migrations"]
    return [sorted(found), sorted(own)]


def triggers():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT COUNT(*) FROM pg_trigger WHERE NOT tgisinternal")
        return cursor.fetchone()[0]


def remove_stale():
    """Let Django forget what it has no app for. The labels that are left."""
    call_command(
        "remove_stale_contenttypes", include_stale_apps=True, interactive=False, stdout=io.StringIO()
    )
    return sorted(set(ContentType.objects.values_list("app_label", flat=True)))


def stored(name):
    return named(name).password


def pending():
    """What Django would still change."""
    output = io.StringIO()
    try:
        call_command("makemigrations", "--dry-run", "--check", no_color=True, stdout=output)
    except SystemExit:
        return output.getvalue()
    return ""


if KIND == "every-field":
    from every_field import rows as own_rows

    globals().update({name: each for name, each in vars(own_rows).items() if callable(each)})

answer = globals()[ACTION](**json.loads(sys.argv[5] if len(sys.argv) > 5 else "{}"))
print(json.dumps(answer))
