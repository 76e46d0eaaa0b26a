"""A server on this computer that gives one file, and misbehaves as told."""

import contextlib
import http.server
import threading
import time


class Server(http.server.ThreadingHTTPServer):
    """body       what it answers; None: 404
    cut        bytes after which it breaks off (then `cuts` times; afterwards it gives all)
    pause      seconds it waits after the first `cut` or 1000 bytes
    ranges     whether it answers a Range by a part
    asked      the Range headers of the requests so far (None for a request without)
    """

    daemon_threads = True

    def __init__(self, body):
        super().__init__(("127.0.0.1", 0), Handler)
        self.body, self.cut, self.cuts, self.pause, self.ranges = body, None, 1, 0.0, True
        self.asked, self.log = [], []
        self.address = f"http://127.0.0.1:{self.server_port}/file"
        self.going = threading.Event()

    def handle_error(self, request, client_address):
        self.log.append(client_address)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        here = self.server
        here.asked.append(self.headers.get("Range"))
        if here.body is None:
            self.send_error(404)
            return
        start = 0
        if here.ranges and self.headers.get("Range"):
            start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
            if start >= len(here.body):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(here.body)}")
                self.end_headers()
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(here.body) - 1}/{len(here.body)}")
        else:
            self.send_response(200)
        data = here.body[start:]
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        cut = None
        if here.cut is not None and here.cuts > 0:
            cut, here.cuts = here.cut, here.cuts - 1
        if here.pause:
            first = cut or 1000
            self.wfile.write(data[:first])
            here.going.set()
            time.sleep(here.pause)
            data, cut = data[first:], None
        self.wfile.write(data if cut is None else data[:cut])

    def log_message(self, *args):
        self.server.log.append(args)


PROXIES = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY")


@contextlib.contextmanager
def serving(body, monkeypatch):
    """A server with that file, reached without this computer's proxies."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    here = Server(body)
    thread = threading.Thread(target=here.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield here
    finally:
        here.shutdown()
        thread.join()
        here.server_close()
