"""A dashboard with one's groups and permissions in Django, as its documentation sets it up, in one file."""
import json
import os
import secrets

import django
from django.conf import settings

settings.configure(
    # One secret for the process that makes the session and the one that reads it.
    SECRET_KEY=os.environ.get('PEER_SECRET') or secrets.token_urlsafe(32),
    ALLOWED_HOSTS=['*'],
    ROOT_URLCONF='django_site',
    USE_TZ=True,
    DATABASES={
        'default': {
            'ENGINE': 'django.db.backends.sqlite3',
            'NAME': os.environ['PEER_DATABASE'],
            'CONN_MAX_AGE': None,
        }
    },
    DEFAULT_AUTO_FIELD='django.db.models.AutoField',
    INSTALLED_APPS=['django.contrib.contenttypes', 'django.contrib.auth', 'django.contrib.sessions'],
    MIDDLEWARE=[
        'django.middleware.security.SecurityMiddleware',
        'django.contrib.sessions.middleware.SessionMiddleware',
        'django.middleware.common.CommonMiddleware',
        'django.middleware.csrf.CsrfViewMiddleware',
        'django.contrib.auth.middleware.AuthenticationMiddleware',
        'django.middleware.clickjacking.XFrameOptionsMiddleware',
    ],
    TEMPLATES=[{
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'OPTIONS': {'loaders': [('django.template.loaders.cached.Loader', [(
            'django.template.loaders.locmem.Loader',
            {'dashboard.html': '''<!doctype html><title>Dashboard</title><main><h1>Hello, {{ user.get_full_name }}</h1>
<h2>Your groups</h2><ul>{% for group in groups %}<li>{{ group.name }}</li>{% endfor %}</ul>
<h2>Your permissions</h2><ul>{% for perm in permissions %}<li>{{ perm }}</li>{% endfor %}</ul></main>'''},
        )])]},
    }],
)
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.shortcuts import render
from django.urls import path


@login_required
def dashboard(request):
    context = {'groups': request.user.groups.all(), 'permissions': sorted(request.user.get_all_permissions())}
    return render(request, 'dashboard.html', context)


urlpatterns = [path('dashboard/', dashboard)]


def prepare(groups):
    call_command('migrate', verbosity=0)
    user = User.objects.create_user('user000000', first_name='First0', last_name='Last0')
    for given in json.loads(groups):
        kind = ContentType.objects.create(app_label=given['appLabel'], model=given['model'])
        group = Group.objects.create(name=given['name'])
        user.groups.add(group)
        for permission in given['permissions']:
            group.permissions.add(Permission.objects.create(content_type=kind, **permission))
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = 'django.contrib.auth.backends.ModelBackend'
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    print(f'sessionid={session.session_key}')


application = get_wsgi_application()
