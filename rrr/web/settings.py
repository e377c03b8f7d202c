"""All settings, in one place. Every value that an operator may change is read from the environment (docs/reference/settings.md)."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from rrr.core import database
from rrr.web import environment as env

django_stubs_ext.monkeypatch()  # ModelForm[User] and the like work at run time too

ROOT = Path(__file__).resolve().parents[2]
STATE = env.folder("RRR_STATE", ROOT / ".state")
DEBUG = False
TESTING = "pytest" in sys.modules
PRODUCTION = env.flag("RRR_PRODUCTION", default=False)
DEMONSTRATION = env.flag("RRR_DEMONSTRATION", default=False)  # set by `./dev run` only: demonstration accounts may sign in


def _secret_key() -> str:
    """Production names its own key; elsewhere one is made once and kept in a 0600 file."""
    given = env.text("RRR_SECRET_KEY")
    if given:
        return given
    if PRODUCTION:
        raise ImproperlyConfigured("RRR_SECRET_KEY is empty; set it to a long random text (50 characters or more).")
    path = STATE / "secret-key"
    if not path.is_file() or not path.read_text(encoding="utf-8"):
        STATE.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", encoding="utf-8", dir=STATE, prefix="secret-key-", delete=False) as file:  # made with mode 0600
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(file.name, path)  # whole or not at all; the first of several processes wins
        except FileExistsError:
            if not path.read_text(encoding="utf-8"):
                os.replace(file.name, path)
        Path(file.name).unlink(missing_ok=True)
    return path.read_text(encoding="utf-8")


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.words("RRR_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
SITE_URL = env.text("RRR_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "rrr.web",
    "rrr.exchange",
    "rrr.experiment",
    "rrr.explore",
    "rrr.define",
    "rrr.understand",
    "rrr.places",
    "rrr.people",
    "rrr.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rrr.people.permissions.SignInMiddleware",
    "rrr.web.middleware.PersonalAnswers",
    "rrr.web.middleware.UnstorableValues",
]
ROOT_URLCONF = "rrr.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rrr.web.context.site",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Database: a server of your own through DATABASE_URL, otherwise the embedded one.
try:
    _connection = database.ensure(STATE)
except database.DatabaseError as error:
    raise ImproperlyConfigured(str(error)) from None
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": env.text("RRR_DATABASE_NAME", _connection.name),
        "USER": _connection.user,
        "PASSWORD": _connection.password,
        "HOST": _connection.host,
        "PORT": str(_connection.port or ""),
        "OPTIONS": dict(_connection.options),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # a restarted server is noticed before the next query
        "TEST": {"NAME": env.text("RRR_TEST_DATABASE", "test_rrr")},
    }
}

# People
AUTH_USER_MODEL = "people.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # unique in the database, whatever the case: people.User has a constraint on Lower("email")
AUTHENTICATION_BACKENDS = ["rrr.people.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:  # argon2 is slow by design; the tests of sign-in name it themselves
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "rrr.people.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "confirm_email": "1/3m/key",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_URL.startswith("https") else "http"
ACCOUNT_ADAPTER = "rrr.people.adapter.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "RRR"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# Mail: written to files unless RRR_MAIL_URL names a server (smtp://user:password@host:587).
DEFAULT_FROM_EMAIL = env.text("RRR_MAIL_FROM", "rrr@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = STATE / "mail"
_mail = env.mail("RRR_MAIL_URL")
if _mail:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.start_tls, _mail.tls
    EMAIL_TIMEOUT = 20

# Languages
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("pt", "Português"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
]  # the catalogues of all must be complete at every landing; none is checked by a native speaker yet
PSEUDO_LANGUAGE = "en-xa"  # every string made longer and accented; shows what cannot be translated
if TESTING or env.flag("RRR_PSEUDO", default=False):
    LANGUAGES.append((PSEUDO_LANGUAGE, "Pseudo-language"))
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "rrr.web.formats"  # English dates: day before month, 24 hours
LANGUAGE_COOKIE_SAMESITE = "Lax"
TERRITORY_COOKIE_NAME = "rrr_territory"
USE_TZ = True
TIME_ZONE = "UTC"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "static-built" if PRODUCTION else None  # elsewhere files are served from where they are
_NPM = ROOT / "node_modules"
NPM_PACKAGES = ["bootstrap/dist", "@fontsource-variable/public-sans", "maplibre-gl/dist", "world-atlas"]
STATICFILES_DIRS = [ROOT / "static", *((f"npm/{name}", _NPM / name) for name in NPM_PACKAGES if (_NPM / name).is_dir())]
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STATE / "files"}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
UPLOAD_MAX_BYTES = env.number("RRR_UPLOAD_MAX_MB", 200, least=1) * 2**20

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.flag("RRR_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.number("RRR_HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    if env.flag("RRR_BEHIND_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        ALLAUTH_TRUSTED_PROXY_COUNT = 1  # throttling then sees the visitor, not the proxy

_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _MEMORY} if TESTING else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"},
    "pages": {"BACKEND": _MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 500}},  # rrr.core.caching: in each process, never stale
    "large_pages": {"BACKEND": _MEMORY, "LOCATION": "large_pages", "OPTIONS": {"MAX_ENTRIES": 12}},
}
SHARE_PAGES = not TESTING  # a test switches it on where it is the subject

PROCRASTINATE_ON_APP_READY = None
CODE_VERSION = env.text("RRR_CODE_VERSION")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("RRR_LOG_LEVEL", "WARNING")},
}
