#!/usr/bin/env python3
"""Receives webhooks of a ledger, and undoes a rollout when a rollback was triggered.

    rollback.py --secret-file SECRET --rollouts ROLLOUTS.json --state FOLDER [--listen 127.0.0.1:8099]

ROLLOUTS.json says which rollout each service is: {"shop": {"rollout": "shop", "namespace": "production"}}.

Messages come at least once, and undoing twice would bring the bad version back. So each message is claimed in a file before
anything is done, and what was claimed is never done again. Needs Python 3.8 or newer, kubectl and its argo-rollouts plugin.
"""
import argparse, base64, binascii, datetime, hashlib, hmac, http.server, json, os, re, socketserver, ssl, subprocess, sys, threading, time

BODY_MAX_BYTES = 16 * 1024 * 1024
TOLERANCE_SECONDS = 300
# Less than the ledger waits for an answer, so that it hears what became of it.
KUBECTL_SECONDS = 8


def load_secrets(path):
    """The secrets in a file: one, or two while one is exchanged."""
    with open(path, encoding="ascii") as file:
        texts = file.read().split()
    if not texts or any(not text.startswith("whsec_") for text in texts):
        sys.exit(f"rollback: {path} holds no secret: one starts with whsec_")
    return [base64.b64decode(text[len("whsec_"):], validate=True) for text in texts]


def is_signed(secrets, message_id, timestamp, signatures, body, now):
    """Whether one of the secrets signed this body, at most five minutes ago (Standard Webhooks)."""
    if not message_id or "." in message_id or not re.fullmatch(r"[0-9]{1,12}", timestamp) or abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    content = f"{message_id}.{timestamp}.".encode() + body
    signed = False
    for part in signatures.split():
        version, _, text = part.partition(",")
        try:
            given = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            continue
        for secret in secrets:
            # Every comparison is made, each in a time that tells nothing.
            signed |= version == "v1" and hmac.compare_digest(given, hmac.new(secret, content, hashlib.sha256).digest())
    return signed


def age_seconds(event_time):
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.datetime.fromisoformat(event_time.replace("Z", "+00:00"))).total_seconds()


class Claims:
    """What was done and what was begun, a file each, on disk before anything else happens."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)

    def path(self, message_id, state):
        return os.path.join(self.folder, f"{message_id}.{state}")

    def is_done(self, message_id):
        return os.path.exists(self.path(message_id, "done"))

    def begin(self, message_id):
        """False when it was begun before, and nobody knows how it ended."""
        try:
            claim = os.open(self.path(message_id, "begun"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return False
        os.fsync(claim)
        os.close(claim)
        self.sync()
        return True

    def end(self, message_id, done):
        if done:
            os.rename(self.path(message_id, "begun"), self.path(message_id, "done"))
        else:
            os.unlink(self.path(message_id, "begun"))
        self.sync()

    def sync(self):
        folder = os.open(self.folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


class Rollback:
    def __init__(self, settings):
        self.type = settings.on
        self.max_age = settings.max_age
        self.secrets = load_secrets(settings.secret_file)
        self.claims = Claims(settings.state)
        self.one_at_a_time = threading.Lock()
        with open(settings.rollouts, encoding="utf-8") as file:
            self.rollouts = json.load(file)

    def take(self, headers, body):
        """The status to answer, and why."""
        message_id = headers.get("webhook-id", "")
        if not is_signed(self.secrets, message_id, headers.get("webhook-timestamp", ""), headers.get("webhook-signature", ""), body, time.time()):
            return 401, "the signature is not the ledger's, or the message is old"
        event = json.loads(body)
        if event["type"] != self.type:
            return 204, None
        if not re.fullmatch(r"[0-9a-f-]{36}", message_id) or message_id != event["id"]:
            return 400, "the id is not the event's"
        service = event["subject"].split("/")[0]
        rollout = self.rollouts.get(service)
        if rollout is None:
            return 204, None
        with self.one_at_a_time:
            return self.undo(message_id, event, rollout)

    def undo(self, message_id, event, rollout):
        if self.claims.is_done(message_id):
            return 204, None
        # What is deployed by now may be another version, and the right one.
        if age_seconds(event["time"]) > self.max_age:
            return 200, f"{event['subject']} is NOT rolled back: it was triggered at {event['time']}, more than {self.max_age} s ago"
        if not self.claims.begin(message_id):
            return 500, f"{event['subject']} was begun to be rolled back, and nobody knows how it ended: look, then remove {message_id}.begun"
        command = ["kubectl", "argo", "rollouts", "undo", rollout["rollout"], "--namespace", rollout["namespace"]]
        try:
            done = subprocess.run(command, timeout=KUBECTL_SECONDS, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode == 0
        except subprocess.TimeoutExpired:
            return 500, f"kubectl did not end in {KUBECTL_SECONDS} s: whether {event['subject']} is rolled back is not known"
        except OSError as error:
            done = False
            print(f"rollback: {error.strerror}", file=sys.stderr, flush=True)
        self.claims.end(message_id, done)
        if done:
            return 200, f"{event['subject']} is rolled back"
        return 500, f"kubectl failed: {event['subject']} is not rolled back"


def handler(rollback):
    class Handler(http.server.BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self):
            length = self.headers.get("content-length", "")
            if not re.fullmatch(r"[0-9]{1,9}", length) or int(length) > BODY_MAX_BYTES:
                return self.answer(413, "no length, or too much")
            body = self.rfile.read(int(length))
            try:
                status, text = rollback.take(self.headers, body)
            except (ValueError, KeyError, TypeError, AttributeError):
                status, text = 400, "the body is no event of a ledger"
            self.answer(status, text)

        def answer(self, status, text):
            if text:
                print(f"rollback: {text}", file=sys.stderr, flush=True)
            data = f"{text}\n".encode() if text else b""
            self.send_response(status)
            # HTTP/1.0 ends with each answer, and not every client takes that for granted.
            self.send_header("connection", "close")
            if status != 204:
                self.send_header("content-length", str(len(data)))
            self.end_headers()
            if status != 204:
                self.wfile.write(data)

        def log_message(self, *_):
            pass

    return Handler


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self):
        # The base class asks for its own name, which takes long where nobody answers.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]


def main():
    parser = argparse.ArgumentParser(description="Undoes a rollout when the ledger says that a rollback was triggered.")
    parser.add_argument("--secret-file", required=True, help="the secret that the ledger signs with")
    parser.add_argument("--rollouts", required=True, help="JSON: which rollout each service is")
    parser.add_argument("--state", required=True, help="a folder that outlives this program")
    parser.add_argument("--listen", default="127.0.0.1:8099", help="address and port")
    parser.add_argument("--on", default="dev.ledger.rollback_triggered", help="the type of event that undoes")
    parser.add_argument("--max-age", type=int, default=900, help="seconds after which a trigger undoes nothing any more")
    parser.add_argument("--tls-cert", help="PEM, with --tls-key: needed unless the ledger is on this machine")
    parser.add_argument("--tls-key")
    settings = parser.parse_args()

    host, _, port = settings.listen.rpartition(":")
    server = Server((host, int(port)), handler(Rollback(settings)))
    if settings.tls_cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(settings.tls_cert, settings.tls_key)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    print(f"rollback: listens on {host}:{server.server_address[1]}", file=sys.stderr, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
