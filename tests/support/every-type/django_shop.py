"""A real Django's admin of products, orders and their lines, asked by another program.

Reads a request in JSON from each line of stdin, {"get": path} or {"post": path, "pairs": [[name, value]]},
and prints what came of it in one line: status, where it leads, the page, what is wrong by the names of
fields, and what the tables hold. Any Django from 3.2 will do.
"""

import json
import sys
import uuid
from urllib.parse import urlencode

import django
from django.apps import AppConfig
from django.conf import settings

settings.configure(
    SECRET_KEY="only-for-tests-" * 4,
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF=__name__,
    STATIC_URL="/static/",
    TIME_ZONE="UTC",
    USE_TZ=True,
    USE_L10N=False,
    USE_THOUSAND_SEPARATOR=False,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "__main__.ShopConfig",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        }
    ],
)


class ShopConfig(AppConfig):
    name = "__main__"
    label = "shop"
    path = "."


django.setup()

from django.contrib import admin  # noqa: E402
from django.contrib.admin.models import LogEntry  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import path  # noqa: E402

STATUSES = [("draft", "Draft"), ("sent", "Sent"), ("part paid", "Part paid")]


class Product(models.Model):
    name = models.CharField(max_length=40)
    price = models.DecimalField(max_digits=12, decimal_places=2, default="0.10")
    born = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=STATUSES, default="draft")

    class Meta:
        app_label = "shop"

    def __str__(self):
        return self.name


class Order(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.IntegerField(unique=True)

    class Meta:
        app_label = "shop"

    def __str__(self):
        return f"Order {self.number}"


class Line(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, models.PROTECT)
    quantity = models.IntegerField(default=1)
    price = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        app_label = "shop"
        unique_together = [("order", "product")]

    def __str__(self):
        return f"{self.quantity} of {self.product}"


class LineInline(admin.TabularInline):
    model = Line
    extra = 2


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    inlines = [LineInline]
    save_as = True


@admin.action(description="Mark as sent")
def mark_sent(model_admin, request, queryset):
    count = queryset.update(status="sent")
    model_admin.message_user(request, f"Marked {count}.")


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    list_display = ["name", "price", "born", "status"]
    list_editable = ["price", "born", "status"]
    date_hierarchy = "born"
    ordering = ["id"]
    actions = [mark_sent]


urlpatterns = [path("admin/", admin.site.urls)]
setup_test_environment()
call_command("migrate", verbosity=0)
with connection.schema_editor() as editor:
    for model in (Product, Order, Line):
        editor.create_model(model)
client = Client()
client.force_login(User.objects.create_superuser("root", "", "root"))
for name in ("Chair", "Table", "Lamp", "Rug"):
    Product.objects.create(name=name)


def wrong(context):
    """What is wrong, by the names of fields; of a row as a whole by its number."""
    errors = {}
    formsets = [each.formset for each in context.get("inline_admin_formsets") or []]
    if context.get("adminform"):
        errors.update(context["adminform"].form.errors)
    if context.get("cl") and context["cl"].formset is not None:
        formsets.append(context["cl"].formset)
    for formset in formsets:
        if not formset.is_bound:
            continue
        if formset.non_form_errors():
            errors[formset.prefix] = formset.non_form_errors()
        for form in formset.forms:
            for name, told in form.errors.items():
                errors[form.prefix if name == "__all__" else f"{form.prefix}-{name}"] = told
    return {name: list(told) for name, told in errors.items()}


def tables():
    return {
        "orders": [
            [order.number, [[str(line), str(line.price)] for line in order.lines.order_by("id")]]
            for order in Order.objects.order_by("number")
        ],
        "products": [
            [each.name, str(each.price), each.born and str(each.born), each.status]
            for each in Product.objects.order_by("id")
        ],
        "history": [
            [entry.object_repr, entry.action_flag, entry.change_message]
            for entry in LogEntry.objects.order_by("id")
        ],
        "ids": {f"{order}": str(order.pk) for order in Order.objects.all()},
    }


for request in sys.stdin:
    asked = json.loads(request)
    if "get" in asked:
        response = client.get(asked["get"], follow=True)
    else:
        form = urlencode([tuple(pair) for pair in asked["pairs"]])
        kind = "application/x-www-form-urlencoded"
        response = client.post(asked["post"], form, content_type=kind)
    context = response.context or {}
    answer = {
        "status": response.status_code,
        "location": response.headers.get("Location", ""),
        "body": response.content.decode(),
        "errors": wrong(context) if "post" in asked and response.context else {},
        "rows": [str(each) for each in context["cl"].result_list] if "cl" in context else [],
        **tables(),
    }
    print(json.dumps(answer), flush=True)
