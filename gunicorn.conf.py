"""The web server's settings. Figures were measured; app/README.md says how and why."""

import logging
import threading

from app.logs import WithoutAddresses

worker_class = "gthread"
threads = 1024  # one per waiting stream; they cost little and start when needed
worker_connections = 4096
backlog = 2048
keepalive = 75  # seconds; shorter ones cut people off who think before they choose
graceful_timeout = 3
timeout = 60
max_requests = 0
accesslog = None  # the application writes the route's pattern; nobody's address is kept
control_socket_disable = True

threading.stack_size(512 * 1024)


def when_ready(server):  # noqa: D103
    logging.getLogger("gunicorn.error").addFilter(WithoutAddresses())
