"""Settings of the tracker, all of them from the environment or the file .env.

Every variable is documented in docs/operating.md. The defaults are safe for the
public internet; `make run` turns HTTPS off for the server on this machine only.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from tracker.secret import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or secret_key(VAR_DIR / "secret_key")
# Keys of before: what they signed holds, and nothing new is signed with them.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", True)

INSTALLED_APPS = [
    "policies.apps.PoliciesConfig",
    "policies.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
    "django_htmx",
    "simple_history",
    "import_export",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
]

MIDDLEWARE = [
    "policies.answers.head_alone",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "policies.api.cors.open_for_reading",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "policies.switching.ReadersLanguage",
    "policies.formerslugs.named_as_today",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "policies.admin.refusals.Refusals",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "tracker.quicktemplates.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "policies.templatetags.fixedtexts",
                "policies.templatetags.tracker",
                "policies.templatetags.languages",
            ],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'tracker.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Whoever fails to sign in too often has to wait: counted by user name and address.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "admin:login"
AXES_HANDLER = "policies.accounts.throttle.Throttle"
AXES_CLIENT_IP_CALLABLE = "policies.accounts.throttle.client_address"
AXES_LOCKOUT_CALLABLE = "policies.accounts.throttle.locked_out"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = env.int("LOGIN_LIMIT", 5)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("LOGIN_WAIT_MINUTES", 15))
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["username", "code", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
LOGIN_ADDRESS_LIMIT = env.int("LOGIN_ADDRESS_LIMIT", 50)
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", False)
OTP_TOTP_ISSUER = "Policy tracker"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
# The language that a reader chose is remembered for a year.
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = env.str("TIME_ZONE", "Europe/Berlin")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str(
            "STATIC_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# What goes wrong is told on standard error, whatever DEBUG says.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}

# A policy with many targets and provisions is one long form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("FORM_MAX_BYTES", 10 * 1024 * 1024)
# Uploads stay in memory, each cut where every form refuses it; a form has one file.
FILE_UPLOAD_HANDLERS = ["policies.uploads.InMemory"]
DATA_UPLOAD_MAX_NUMBER_FILES = 4
# The largest newsletter file that is read, in bytes.
NEWSLETTER_MAX_BYTES = env.int("NEWSLETTER_MAX_BYTES", 20 * 1024 * 1024)
# Whether check_links may connect to addresses that are not public.
LINK_CHECK_PRIVATE = env.bool("LINK_CHECK_PRIVATE", False)
# The seconds of work that reading one may take; stay below 28, for gunicorn's timeout of 30.
NEWSLETTER_MAX_SECONDS = env.int("NEWSLETTER_MAX_SECONDS", 8)
# The largest sheet that is imported, in bytes and in rows.
SHEET_MAX_BYTES = env.int("SHEET_MAX_BYTES", 20 * 1024 * 1024)
SHEET_MAX_ROWS = env.int("SHEET_MAX_ROWS", 10_000)

# Mail: without a server to send it, alerts are off.
ALERTS_ON = DEBUG or bool(env.str("EMAIL_URL", ""))
vars().update(env.email_url("EMAIL_URL", "consolemail://" if DEBUG else "dummymail://"))
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("ALERTS_FROM", "Policy tracker <alerts@localhost>")
# The most mails that all runs of send_alerts together hand over in a minute; 0 for no limit.
ALERTS_PER_MINUTE = env.int("ALERTS_PER_MINUTE", 60)
# The hour of the day after which daily and weekly alerts are sent.
ALERTS_HOUR = env.int("ALERTS_HOUR", 6)
# Minutes that lie at least between two mails of an alert that is sent as it happens.
ALERTS_GAP_MINUTES = env.int("ALERTS_GAP_MINUTES", 10)
# Days after which an address that was never confirmed is deleted.
ALERTS_CONFIRM_DAYS = env.int("ALERTS_CONFIRM_DAYS", 3)
# Seconds after which what a run has taken up and not finished counts as left behind.
ALERTS_CLAIM_SECONDS = env.int("ALERTS_CLAIM_SECONDS", 600)
# How often alerts may be asked for: from one network in an hour, for one address in a day.
ALERTS_NETWORK_LIMIT = env.int("ALERTS_NETWORK_LIMIT", 20)
ALERTS_ADDRESS_LIMIT = env.int("ALERTS_ADDRESS_LIMIT", 5)

# The address of the tracker without a slash at its end, for what is made without a request.
SITE_URL = (env.str("SITE_URL", "") or "http://127.0.0.1:8000").rstrip("/")
# Where it is not, links in mails lead to the host at which an alert was asked for.
SITE_URL_GIVEN = bool(env.str("SITE_URL", ""))
# Where the whole public data is kept as files, and under which terms it may be used.
DATASET_DIR = Path(env.str("DATASET_DIR", str(VAR_DIR / "datasets")))
DATASET_LICENCE = env.str("DATASET_LICENCE", "")
# Whether `manage.py mcp --http` may serve assistants over the network.
MCP_HTTP = env.bool("MCP_HTTP", False)

# Without a cache that all workers share, each counts the requests to the API by itself.
CACHES = {"default": env.cache("CACHE_URL", "locmemcache://")}
CACHES["default"].setdefault("OPTIONS", {"MAX_ENTRIES": 10_000})
# Pages that are the same for everybody, some 60 kB each, in the process that made them.
CACHES["pages"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "pages",
    "OPTIONS": {"MAX_ENTRIES": 500},
}
# Drawn cards, some 20 kB each.
CACHES["cards"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "cards",
    "OPTIONS": {"MAX_ENTRIES": 200},
}
# Origins of other sites that may show lists and charts in a frame.
EMBED_ANCESTORS = env.list("EMBED_ANCESTORS", default=[])
# Font files for cards, best first; without any, those of the system.
CARD_FONTS = env.list("CARD_FONTS", default=[])
# How many requests to the API an address may make in a minute; 0 for no limit.
API_LIMIT = env.int("API_LIMIT", 240)
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_THROTTLE_CLASSES": ["policies.api.throttles.ReadingThrottle"],
    "DEFAULT_SCHEMA_CLASS": "policies.api.document.Described",
    "EXCEPTION_HANDLER": "policies.api.problems.answer",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Policy tracker",
    "DESCRIPTION": "Records of China's industrial policy, to be read by programs.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": ["policies.api.document.with_components"],
}

# How many errors readers may report: from one network in a day, all together in 24 hours.
REPORTS_FROM_ONE = env.int("REPORTS_FROM_ONE", 10)
REPORTS_FROM_ALL = env.int("REPORTS_FROM_ALL", 300)
# The seconds that writing a report takes at least, and the days that an address is kept.
REPORT_SECONDS = env.int("REPORT_SECONDS", 3)
REPORT_EMAIL_DAYS = env.int("REPORT_EMAIL_DAYS", 90)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and env.bool("HSTS_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = HTTPS and env.bool("HSTS_PRELOAD", True)
# How many proxies stand before the site and write down who asks; 0 for none.
PROXIES = 0
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    PROXIES = env.int("PROXIES", 1)
