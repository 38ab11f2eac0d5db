"""manage.py mcp: serve the tracker to assistants, over stdio or HTTP."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from mcp.server.transport_security import TransportSecuritySettings

from policies.assistants.server import make_server
from policies.search.warming import warm_up


class Command(BaseCommand):
    help = (
        "Serve the public records to assistants by the Model Context Protocol: to one program "
        "over stdin and stdout, or with --http to whoever reaches the address (/mcp), where the "
        "setting MCP_HTTP is on. Every tool only reads."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--http", action="store_true", help="serve over streamable HTTP")
        parser.add_argument("--host", default="127.0.0.1", help="with --http: where to listen")
        parser.add_argument("--port", type=int, default=8001, help="with --http: the port")

    def handle(self, **options) -> None:
        if options["http"] and not settings.MCP_HTTP:
            raise CommandError("Serving assistants over HTTP is off. Set MCP_HTTP=on to allow it.")
        warm_up()
        server = make_server()
        if options["http"]:
            allowed = [form for host in settings.ALLOWED_HOSTS for form in (host, f"{host}:*")]
            server.run(
                "streamable-http", host=options["host"], port=options["port"],
                json_response=True, stateless_http=True,
                transport_security=TransportSecuritySettings(allowed_hosts=allowed),
            )  # fmt: skip
        else:
            server.run("stdio")
