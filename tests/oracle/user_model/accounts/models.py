"""The user model that tests/support/user-model/account.ts describes, as a Django site writes it."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models


class Manager(UserManager):
    def create_user(self, email, _address=None, password=None, **fields):
        user = self.model(email=self.model.normalize_username(email), phone="0000", **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractUser):
    username = None
    email = models.EmailField(unique=True)
    phone = models.CharField(max_length=20, db_column="phone_number")
    floor = models.IntegerField(null=True, blank=True)
    objects = Manager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["phone"]
