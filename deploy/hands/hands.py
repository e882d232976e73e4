#!/usr/bin/env python3
"""A small service that knows signs by example, for storysign.ai.gestures.url (contract: deploy/connectors/hands.yaml).

A sign is known by the hands somebody taught it with. A hand is moved to its wrist, turned upright, mirrored to a right hand and scaled to
size 1; the sign whose taught hand lies nearest wins. That tells still hand shapes apart, such as letters of the finger alphabet. It knows
nothing of movement, place, face or a second hand, which most signs need, and it is as good as what it was taught: GET /accuracy says how
often it would have been right about each taught hand had it not been taught that one.

    deploy/hands/hands.py --port 8090 --signs signs.json

    curl localhost:8090/signs --json '{"gesture": "A", "landmarks": [[0.5, 0.5, 0.0], ...]}'      teach
    curl localhost:8090/signs                                                                       what is known
    curl -X DELETE localhost:8090/signs/A                                                           forget
    curl localhost:8090/accuracy                                                                    how good it is

Needs Python 3.9 and nothing else. It listens on 127.0.0.1 and asks for no key: put it behind something that does.
"""

import argparse
import json
import math
import os
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

POINTS = 21
WRIST = 0
MIDDLE_KNUCKLE = 9
# A distance of nothing is certainty; at this one, a mean of a third of a palm, nothing is left of it.
STRANGE = 0.33
MOST_ALTERNATIVES = 5
LARGEST_BODY = 1 << 20
LONGEST_NAME = 200
MOST_HANDS = 10_000


class Refused(Exception):
    def __init__(self, status, detail):
        super().__init__(detail)
        self.status = status


def hand(document):
    """The landmarks of a request: 21 points of three finite numbers."""
    points = document.get("landmarks") if isinstance(document, dict) else None
    if not isinstance(points, list) or len(points) != POINTS:
        raise Refused(422, "landmarks: expected 21 points")
    for point in points:
        if not isinstance(point, list) or len(point) != 3 or not all(is_number(number) for number in point):
            raise Refused(422, "landmarks: expected points of three numbers")
    if document.get("handedness", "unknown") not in ("left", "right", "unknown"):
        raise Refused(422, "handedness: expected left, right or unknown")
    return points, document.get("handedness", "unknown")


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def shape(points, handedness):
    """The hand at its wrist, upright, as a right hand, with a palm of length 1."""
    wrist = points[WRIST]
    moved = [[point[axis] - wrist[axis] for axis in range(3)] for point in points]
    if handedness == "left":
        moved = [[-x, y, z] for x, y, z in moved]
    x, y, z = moved[MIDDLE_KNUCKLE]
    palm = math.sqrt(x * x + y * y + z * z)
    if palm < 1e-6:
        raise Refused(422, "landmarks: the hand has no size")
    # Turned in the picture's plane, so that the middle finger's knuckle lies straight above the wrist.
    angle = math.atan2(x, -y)
    cosine, sine = math.cos(angle), math.sin(angle)
    return [
        [(px * cosine + py * sine) / palm, (-px * sine + py * cosine) / palm, pz / palm]
        for px, py, pz in moved
    ]


def distance(one, other):
    """The mean distance of the points, in palms."""
    return sum(math.dist(a, b) for a, b in zip(one, other)) / POINTS


def nearest(shapes_by_sign, wanted):
    """Signs and the distance of their nearest hand, the nearest first."""
    found = [
        (min(distance(taught, wanted) for taught in shapes), sign)
        for sign, shapes in shapes_by_sign.items()
        if shapes
    ]
    return sorted(found)


def confidence(ranking, place):
    """How near the hand is, and, for the best, how much nearer than to the next sign."""
    own = max(0.0, 1.0 - ranking[place][0] / STRANGE)
    if place == 0 and len(ranking) > 1 and ranking[1][0] > 0:
        own *= 1.0 - 0.5 * (ranking[0][0] / ranking[1][0])
    return round(own, 4)


class Signs:
    """What was taught, kept in a file of JSON."""

    def __init__(self, path):
        self.path = path
        self.lock = threading.Lock()
        self.shapes = {}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self.shapes = json.load(file)

    def teach(self, sign, taught):
        with self.lock:
            if sum(len(shapes) for shapes in self.shapes.values()) >= MOST_HANDS:
                raise Refused(409, f"{MOST_HANDS} hands were taught, which is the most")
            changed = {name: list(shapes) for name, shapes in self.shapes.items()}
            changed.setdefault(sign, []).append(taught)
            self.keep(changed)
            return len(changed[sign])

    def forget(self, sign):
        with self.lock:
            if sign not in self.shapes:
                raise Refused(404, "nobody taught this sign")
            self.keep({name: shapes for name, shapes in self.shapes.items() if name != sign})

    def keep(self, changed):
        """Either the old file or the new one is there, whatever happens."""
        folder = os.path.dirname(os.path.abspath(self.path))
        handle, name = tempfile.mkstemp(dir=folder, prefix=".signs-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(changed, file)
        os.replace(name, self.path)
        self.shapes = changed

    def recognise(self, wanted):
        ranking = nearest(self.shapes, wanted)
        if not ranking:
            raise Refused(409, "no sign was taught yet: POST /signs")
        return {
            "gesture": ranking[0][1],
            "confidence": confidence(ranking, 0),
            "alternatives": [
                {"gesture": ranking[place][1], "confidence": confidence(ranking, place)}
                for place in range(1, min(len(ranking), MOST_ALTERNATIVES + 1))
            ],
        }

    def accuracy(self):
        """Leaves each hand out in turn; a sign with one hand cannot be judged."""
        shapes = self.shapes
        judged = right = 0
        for sign, taught in shapes.items():
            for left_out in range(len(taught)) if len(taught) > 1 else ():
                others = dict(shapes)
                others[sign] = taught[:left_out] + taught[left_out + 1:]
                judged += 1
                right += nearest(others, taught[left_out])[0][1] == sign
        return {
            "signs": len(shapes),
            "hands": sum(len(taught) for taught in shapes.values()),
            "judged": judged,
            "right": right,
            "accuracy": round(right / judged, 4) if judged else None,
            "says": "of hands like those that were taught; other people, cameras and light are harder",
        }


class Handler(BaseHTTPRequestHandler):
    signs = None
    protocol_version = "HTTP/1.1"
    timeout = 30
    # Head and body leave together.
    wbufsize = -1

    def do_GET(self):
        self.answer({
            "/signs": lambda: {sign: len(shapes) for sign, shapes in self.signs.shapes.items()},
            "/accuracy": self.signs.accuracy,
        })

    def do_POST(self):
        self.answer({"/gestures": self.recognise, "/signs": self.teach, "/frames": self.frames})

    def do_DELETE(self):
        sign = unquote(self.path.removeprefix("/signs/")) if self.path.startswith("/signs/") else ""
        self.answer({self.path: lambda: self.signs.forget(sign)} if sign else {})

    def recognise(self):
        points, handedness = hand(self.body())
        return self.signs.recognise(shape(points, handedness))

    def teach(self):
        document = self.body()
        points, handedness = hand(document)
        sign = document.get("gesture")
        if not isinstance(sign, str) or not 0 < len(sign) <= LONGEST_NAME or not sign.isprintable():
            raise Refused(422, f"gesture: expected 1 to {LONGEST_NAME} readable characters")
        return {"gesture": sign, "hands": self.signs.teach(sign, shape(points, handedness))}

    def frames(self):
        raise Refused(501, "finds no hands in pictures; connect a service that does, such as one around MediaPipe")

    def body(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            raise Refused(413, f"expected a body of at most {LARGEST_BODY} bytes, with Content-Length")
        try:
            return json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError) as error:
            raise Refused(400, "the body is not JSON") from error

    def answer(self, paths):
        try:
            found = paths.get(self.path)
            if found is None:
                raise Refused(404, "there is nothing here")
            status, document = 200, found()
        except Refused as refused:
            status, document = refused.status, {"detail": str(refused)}
            # What is left of a refused body is not read.
            self.close_connection = True
        content = json.dumps({} if document is None else document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


def main():
    arguments = argparse.ArgumentParser(description="Knows signs by example.")
    arguments.add_argument("--port", type=int, default=8090)
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--signs", default="signs.json", help="where what was taught is kept")
    chosen = arguments.parse_args()
    Handler.signs = Signs(chosen.signs)
    server = ThreadingHTTPServer((chosen.host, chosen.port), Handler)
    print(f"listening on http://{chosen.host}:{server.server_address[1]}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
