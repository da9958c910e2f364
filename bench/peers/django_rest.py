"""The list of articles with Django REST framework, as its documentation sets it up, in one file."""
import json
import os
import secrets
import sys

import django
from django.conf import settings

settings.configure(
    SECRET_KEY=secrets.token_urlsafe(32),
    ALLOWED_HOSTS=['*'],
    ROOT_URLCONF='django_rest',
    USE_TZ=True,
    DATABASES={
        'default': {
            'ENGINE': 'django.db.backends.sqlite3',
            'NAME': os.environ['PEER_DATABASE'],
            'CONN_MAX_AGE': None,
        }
    },
    DEFAULT_AUTO_FIELD='django.db.models.AutoField',
    INSTALLED_APPS=[
        'django.contrib.contenttypes',
        'django.contrib.auth',
        'rest_framework',
        'rest_framework.authtoken',
        'django_rest',
    ],
    MIDDLEWARE=['django.middleware.common.CommonMiddleware'],
    REST_FRAMEWORK={
        'DEFAULT_AUTHENTICATION_CLASSES': ['rest_framework.authentication.TokenAuthentication'],
        'DEFAULT_RENDERER_CLASSES': ['rest_framework.renderers.JSONRenderer'],
        'DEFAULT_PAGINATION_CLASS': 'rest_framework.pagination.PageNumberPagination',
        'PAGE_SIZE': 20,
    },
)
django.setup()

from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.urls import path
from django.utils import timezone
from rest_framework import generics, permissions, serializers
from rest_framework.authtoken.models import Token


class Article(models.Model):
    title = models.CharField(max_length=200)
    body = models.TextField()
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    is_published = models.BooleanField()
    created = models.DateTimeField()
    modified = models.DateTimeField()

    class Meta:
        app_label = 'django_rest'


class ArticleSerializer(serializers.ModelSerializer):
    author = serializers.CharField(source='author.username')

    class Meta:
        model = Article
        fields = ['id', 'title', 'body', 'is_published', 'author', 'created', 'modified']


class MayView(permissions.DjangoModelPermissions):
    perms_map = {**permissions.DjangoModelPermissions.perms_map, 'GET': ['%(app_label)s.view_%(model_name)s']}


class ArticleList(generics.ListAPIView):
    queryset = Article.objects.filter(is_published=True).select_related('author').order_by('-modified', '-id')
    serializer_class = ArticleSerializer
    permission_classes = [MayView]


urlpatterns = [path('api/articles/', ArticleList.as_view())]
application = get_wsgi_application()


def prepare(people, articles):
    """The tables, so many people with a token each, who view by a group, and so many articles."""
    # Whose permissions are made is an app with a module of models: here it is this file.
    apps.get_app_config('django_rest').models_module = sys.modules[__name__]
    call_command('migrate', run_syncdb=True, verbosity=0)
    group = Group.objects.create(name='Readers')
    group.permissions.add(Permission.objects.get(codename='view_article'))
    users = [User.objects.create(username='user%d' % i) for i in range(people)]
    group.user_set.add(*users)
    now = timezone.now()
    Article.objects.bulk_create(
        Article(title='Article %d' % i, body='words ' * 20, author=users[0], is_published=True,
                created=now, modified=now)
        for i in range(articles)
    )
    print(json.dumps([Token.objects.create(user=user).key for user in users]))
