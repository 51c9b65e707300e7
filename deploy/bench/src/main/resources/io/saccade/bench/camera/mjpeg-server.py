"""HTTP cameras for tests: each path under / sends the JPEGs of a folder over and over, as MJPEG.

Commands on standard input, one a line: "good PATH", "silent PATH", "half PATH" (half a picture, then nothing),
"corrupt PATH", "pictures PATH FOLDER". Ends with standard input. The password, if any, is in HTTP_PASSWORD.
"""

import argparse
import base64
import os
import random
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BOUNDARY = "frame"


class Camera:
    def __init__(self, folder):
        self.mode = "good"
        self.read(folder)

    def read(self, folder):
        names = sorted(name for name in os.listdir(folder) if name.endswith(".jpg"))
        self.pictures = [open(os.path.join(folder, name), "rb").read() for name in names]


class Handler(BaseHTTPRequestHandler):
    # Set by main.
    cameras = {}
    fps = 10
    wanted = None

    def do_GET(self):
        camera = self.cameras.get(self.path.lstrip("/").split("?")[0])
        if self.wanted and self.headers.get("Authorization") != self.wanted:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="camera"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if camera is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace;boundary=" + BOUNDARY)
        self.end_headers()
        try:
            self.play(camera)
        except OSError:
            pass  # The client went away.

    def play(self, camera):
        due = time.monotonic()
        turn = 0
        while True:
            mode = camera.mode
            if mode != "silent":
                picture = camera.pictures[turn % len(camera.pictures)]
                turn += 1
                if mode == "corrupt":
                    picture = random.randbytes(len(picture))
                head = "--%s\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % (
                    BOUNDARY,
                    len(picture),
                )
                body = picture[: len(picture) // 2] if mode == "half" else picture + b"\r\n"
                self.wfile.write(head.encode() + body)
                if mode == "half":
                    while camera.mode == "half":
                        time.sleep(0.05)
                    return
            due = max(due + 1 / self.fps, time.monotonic() - 1)
            time.sleep(max(0, due - time.monotonic()))

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--cameras", required=True, help="PATH=FOLDER,...")
    arguments.add_argument("--fps", type=int, default=10)
    arguments.add_argument("--user")
    options = arguments.parse_args()
    Handler.fps = options.fps
    Handler.cameras = {
        path: Camera(folder)
        for path, folder in (camera.split("=") for camera in options.cameras.split(","))
    }
    if options.user:
        login = options.user + ":" + os.environ["HTTP_PASSWORD"]
        Handler.wanted = "Basic " + base64.b64encode(login.encode()).decode()
    server = Server((options.host, options.port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("serving", flush=True)
    for line in sys.stdin:
        what, path, *more = line.split()
        if what == "pictures":
            Handler.cameras[path].read(more[0])
        else:
            Handler.cameras[path].mode = what
        print("done " + line.strip(), flush=True)


main()
