"""Every field of Django's ORM in twenty tables, for `inspectdb`: on PostgreSQL with its own in one more."""

import uuid

import django
from django.conf import settings
from django.core.validators import validate_comma_separated_integer_list
from django.db import connection, models
from django.db.models import Q

IS_POSTGRESQL = connection.vendor == "postgresql"
CONDITION = "condition" if django.VERSION >= (5, 1) else "check"


class Whole(models.Model):
    plain = models.IntegerField()
    small = models.SmallIntegerField()
    big = models.BigIntegerField()
    positive = models.PositiveIntegerField()
    positive_small = models.PositiveSmallIntegerField()
    positive_big = models.PositiveBigIntegerField()
    nothing = models.IntegerField(null=True, blank=True)
    flag = models.BooleanField(default=False)
    perhaps = models.BooleanField(null=True, blank=True)
    if django.VERSION < (4, 0):
        former = models.NullBooleanField()


class Wide(models.Model):
    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=100)
    letter = models.CharField(max_length=1, blank=True)
    note = models.TextField(blank=True)
    slug = models.SlugField(unique=True)
    email = models.EmailField(blank=True)
    address = models.URLField(blank=True)
    numbers = models.CharField(
        max_length=30, validators=[validate_comma_separated_integer_list], blank=True
    )
    choice = models.CharField(max_length=2, choices=[("a", "Ay"), ("b", "Bee")], default="a")


class Small(models.Model):
    id = models.SmallAutoField(primary_key=True)
    document = models.FileField(upload_to="documents", blank=True)
    picture = models.ImageField(upload_to="pictures", blank=True)
    path = models.FilePathField(path="/", blank=True)


class Moment(models.Model):
    at = models.DateTimeField()
    day = models.DateField(null=True, blank=True)
    clock = models.TimeField(null=True, blank=True)
    span = models.DurationField(null=True, blank=True)
    made = models.DateTimeField(null=True, blank=True)


class Number(models.Model):
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    exact = models.DecimalField(max_digits=30, decimal_places=10, null=True, blank=True)
    ratio = models.FloatField()


class Odd(models.Model):
    token = models.UUIDField(default=uuid.uuid4)
    data = models.JSONField(null=True, blank=True)
    picture = models.BinaryField(null=True, blank=True)
    client = models.GenericIPAddressField(null=True, blank=True)
    client_v4 = models.GenericIPAddressField(protocol="IPv4", null=True, blank=True)


class Token(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    label = models.CharField(max_length=20)


class Country(models.Model):
    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=50, unique=True)


class Currency(models.Model):
    id = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=50)


class Place(models.Model):
    name = models.CharField(max_length=50)


class Restaurant(Place):
    serves_pizza = models.BooleanField(default=True)


class Profile(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE)
    about = models.TextField(blank=True)


class Tag(models.Model):
    name = models.CharField(max_length=30, unique=True)


class Person(models.Model):
    name = models.CharField(max_length=50)
    boss = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, to_field="name", null=True, blank=True)
    token = models.ForeignKey(Token, models.SET_NULL, null=True, blank=True)
    currency = models.ForeignKey(Currency, models.PROTECT, null=True, blank=True)
    home = models.OneToOneField(Place, models.SET_NULL, null=True, blank=True)
    friends = models.ManyToManyField("self", blank=True)
    tags = models.ManyToManyField(Tag, blank=True)
    clubs = models.ManyToManyField("Club", through="Membership")


class Club(models.Model):
    name = models.CharField(max_length=50)


class Membership(models.Model):
    person = models.ForeignKey(Person, models.CASCADE)
    club = models.ForeignKey(Club, models.CASCADE)
    since = models.IntegerField(default=2000)

    class Meta:
        unique_together = [("person", "club")]


class Columns(models.Model):
    select = models.CharField(max_length=20, blank=True)
    first = models.CharField(max_length=20, db_column="Class", blank=True)
    second = models.CharField(max_length=20, db_column="2nd", blank=True)
    third = models.CharField(max_length=20, db_column="with space", blank=True)
    fourth = models.CharField(max_length=20, db_column="naïve", blank=True)
    fifth = models.CharField(max_length=20, db_column="camelCase", blank=True)
    sixth = models.CharField(max_length=20, db_column="camel_case", blank=True)
    seventh = models.CharField(max_length=20, db_column="größe-in-m²", blank=True)
    eighth = models.CharField(max_length=20, db_column="_hidden", blank=True)
    ninth = models.CharField(max_length=20, db_column="constructor", blank=True)


class Together(models.Model):
    shelf = models.CharField(max_length=20)
    place = models.IntegerField()
    is_current = models.BooleanField(default=True)

    class Meta:
        unique_together = [("shelf", "place")]
        indexes = [models.Index(fields=["place", "-shelf"], name="every_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["shelf"], condition=Q(is_current=True), name="every_current"
            ),
            models.CheckConstraint(**{CONDITION: Q(place__lt=1000)}, name="every_place_small"),
        ]


class Ledger(models.Model):
    title = models.CharField(max_length=20)

    class Meta:
        db_table = "Old Ledger"


class OpenPlace(Place):
    class Meta:
        proxy = True


if IS_POSTGRESQL:
    from django.contrib.postgres import fields, search

    class Lists(models.Model):
        label = models.CharField(max_length=20)
        numbers = fields.ArrayField(models.IntegerField(), default=list)
        words = fields.ArrayField(models.CharField(max_length=10), null=True, blank=True)
        pairs = fields.HStoreField(null=True, blank=True)
        days = fields.DateRangeField(null=True, blank=True)
        whole = fields.IntegerRangeField(null=True, blank=True)
        large = fields.BigIntegerRangeField(null=True, blank=True)
        prices = fields.DecimalRangeField(null=True, blank=True)
        times = fields.DateTimeRangeField(null=True, blank=True)
        vector = search.SearchVectorField(null=True)
        if django.VERSION < (5, 1):
            title = fields.CICharField(max_length=30, blank=True)
