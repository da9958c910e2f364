"""A real Django with allauth, asked as django_side.py is and for all that is asked there too."""

import os
import sys
from pathlib import Path

os.environ["FURTHER_APPS"] = (
    "django.contrib.sites allauth allauth.account allauth.socialaccount"
    " allauth.socialaccount.providers.google"
)

sys.path.insert(0, str(Path(__file__).parent.parent))
import django_side  # noqa: E402
from allauth.account.models import EmailAddress, EmailConfirmation, EmailConfirmationHMAC  # noqa: E402
from allauth.account.utils import setup_user_email  # noqa: E402
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.messages.storage.fallback import FallbackStorage  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_side import *  # noqa: E402,F403


def asking():
    """A request as allauth's functions want one."""
    request = HttpRequest()
    request.META.update(SERVER_NAME="localhost", SERVER_PORT="80")
    request.session = SessionStore()
    request._messages = FallbackStorage(request)
    return request


def register(username, email, password):
    """Somebody with one address, as allauth leaves who has signed up."""
    user = User.objects.create_user(username, email, password)
    setup_user_email(asking(), user, [])


def add_email(username, email):
    user = User.objects.get(username=username)
    EmailAddress.objects.add_email(asking(), user, email, confirm=False)


def mail_link(email):
    """What a site keeps that does not sign its links: a row that names the address."""
    confirmation = EmailConfirmation.create(EmailAddress.objects.get(email__iexact=email))
    confirmation.sent = timezone.now()
    confirmation.save()


def confirm(email):
    """The owner follows the mailed link."""
    key = EmailConfirmationHMAC(EmailAddress.objects.get(email__iexact=email)).key
    confirmation = EmailConfirmationHMAC.from_key(key)
    return confirmation is not None and confirmation.confirm(asking()) is not None


def set_primary(email):
    return EmailAddress.objects.get(email__iexact=email).set_as_primary()


def addresses(username):
    """[email, verified, primary] each."""
    found = EmailAddress.objects.filter(user__username=username).order_by("email")
    return [list(row) for row in found.values_list("email", "verified", "primary")]


def verified_owner(email):
    """Whom allauth lets in by an address; null for nobody."""
    found = EmailAddress.objects.filter(email__iexact=email, verified=True).first()
    return found and found.user.username


def sign_in_at_provider(provider, uid, extra_data, username=None, email=""):
    """Somebody comes back from a provider: whoever it is linked to, else a new user, linked to it."""
    account = SocialAccount(provider=provider, uid=uid, extra_data=extra_data)
    login = SocialLogin(user=User(username=username or "", email=email), account=account)
    login.token = token_of(provider)
    login.lookup()
    if not login.is_existing:
        login.user.set_unusable_password()
        login.save(asking())
    return login.user.username


def link(username, provider, uid, extra_data):
    """Somebody who is signed in links their account to one elsewhere."""
    account = SocialAccount(provider=provider, uid=uid, extra_data=extra_data)
    login = SocialLogin(user=User(), account=account)
    login.token = token_of(provider)
    login.connect(asking(), User.objects.get(username=username))


def token_of(provider):
    app, _ = SocialApp.objects.get_or_create(provider=provider, defaults={"name": provider, "client_id": "x"})
    return SocialToken(app=app, token="access", token_secret="refresh")


def links(username):
    """[provider, uid, what it keeps] each."""
    found = SocialAccount.objects.filter(user__username=username).order_by("pk")
    return [[row.provider, row.uid, row.extra_data] for row in found]


def tokens():
    return SocialToken.objects.count()


if __name__ == "__main__":
    django_side.serve(globals())
