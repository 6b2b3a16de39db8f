#!/usr/bin/python3
"""musewave's list and get of tracks, and a search, as one would write them with Django REST Framework.

load FILE IDS   makes the database from lines of JSON, and writes the ids of all tracks
otherwise it is a WSGI application, run by gunicorn as drf:application
"""

import datetime
import json
import os
import sys
import uuid

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.configure(
    SECRET_KEY="benchmark",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["rest_framework"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DRF_DATABASE"], "CONN_MAX_AGE": None}},
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
    USE_TZ=True,
    LOGGING_CONFIG=None,
)
django.setup()

from django.db import connection, models  # noqa: E402
from django.db.models import Q  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import generics, serializers  # noqa: E402


class Track(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user_id = models.UUIDField(db_index=True)
    album_id = models.UUIDField(null=True)
    title = models.CharField(max_length=200, db_index=True)
    artist = models.CharField(max_length=200, db_index=True)
    artist_slug = models.CharField(max_length=200)
    description = models.TextField(null=True)
    genre = models.CharField(max_length=100, null=True, db_index=True)
    mood = models.CharField(max_length=100, null=True, db_index=True)
    tags = models.JSONField(default=list)
    audio_url = models.URLField(max_length=2000)
    audio_file_size = models.BigIntegerField(default=0)
    audio_duration = models.FloatField(default=0)
    audio_format = models.CharField(max_length=20)
    cover_url = models.URLField(null=True)
    cover_gradient = models.CharField(max_length=200, null=True)
    waveform_data = models.URLField(null=True)
    bpm = models.FloatField(null=True)
    key = models.CharField(max_length=20, null=True)
    plays = models.BigIntegerField(default=0, db_index=True)
    likes = models.BigIntegerField(default=0, db_index=True)
    downloads = models.BigIntegerField(default=0)
    shares = models.BigIntegerField(default=0)
    published = models.BooleanField(default=False, db_index=True)
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_index=True)
    updated_at = models.DateTimeField()

    class Meta:
        app_label = "benchmark"


class TrackSerializer(serializers.ModelSerializer):
    class Meta:
        model = Track
        fields = [field.name for field in Track._meta.fields]


class Tracks(generics.ListAPIView):
    serializer_class = TrackSerializer

    def get_queryset(self):
        query = self.request.query_params
        tracks = Track.objects.filter(published=True)
        if "genre" in query:
            tracks = tracks.filter(genre__iexact=query["genre"])
        if "mood" in query:
            tracks = tracks.filter(mood__iexact=query["mood"])
        for word in query.get("q", "").split():
            tracks = tracks.filter(
                Q(title__icontains=word) | Q(artist__icontains=word) | Q(genre__icontains=word)
            )
        order = query.get("sort_by", "created_at")
        tracks = tracks.order_by(order if query.get("sort_order") == "asc" else "-" + order, "-id")
        offset = int(query.get("offset", 0))
        return tracks[offset : offset + int(query.get("limit", 50))]


class One(generics.RetrieveAPIView):
    serializer_class = TrackSerializer
    queryset = Track.objects.all()


urlpatterns = [path("musewave/tracks/", Tracks.as_view()), path("musewave/tracks/<uuid:pk>/", One.as_view())]
application = get_wsgi_application()


def load(lines, ids):
    from django.db import transaction

    with connection.schema_editor() as editor:
        editor.create_model(Track)
    created = datetime.datetime.now(datetime.timezone.utc)
    user = uuid.uuid4()
    with open(lines) as file, open(ids, "w") as out, transaction.atomic():
        for line in file:
            created += datetime.timedelta(milliseconds=1)
            track = Track.objects.create(
                **json.loads(line), user_id=user, published_at=created, created_at=created, updated_at=created
            )
            out.write(f"{track.id}\n")


if __name__ == "__main__" and sys.argv[1] == "load":
    load(sys.argv[2], sys.argv[3])
