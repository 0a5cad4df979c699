#!/usr/bin/env python3
"""Mail of `bursar notify` to real servers on this machine, read back by Python's own reader of mails.

    mail.py BURSAR

Needs aiosmtpd (a virtual environment has it) and the `openssl` program. Servers with and without STARTTLS, encrypted from the first byte, with
AUTH, with a certificate of an authority that is trusted or not, and ones that refuse, break off and keep silent.
"""
import concurrent.futures
import email
import email.policy
import html.parser
import logging
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

USER, PASSWORD = "bursar", "a-password-with-ünicode"


def certificate(folder, name):
    """An authority, and a server's certificate that it vouches for."""
    authority, key, request, server = (f"{folder}/{name}.{end}" for end in ("ca", "key", "csr", "crt"))
    quiet = {"check": True, "capture_output": True}
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}", "-keyout",
                    authority + ".key", "-out", authority], **quiet)
    subprocess.run(["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", key, "-out", request], **quiet)
    with open(f"{folder}/{name}.ext", "w") as file:
        file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    subprocess.run(["openssl", "x509", "-req", "-in", request, "-CA", authority, "-CAkey", authority + ".key", "-CAcreateserial", "-days", "2",
                    "-extfile", f"{folder}/{name}.ext", "-out", server], **quiet)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server, key)
    return authority, context


class Taker:
    """Takes mail, or answers as it is told."""

    def __init__(self, recipient="250 OK", data="250 OK"):
        self.recipient, self.data, self.mails = recipient, data, []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server, session, envelope):
        if self.data.startswith("250"):
            self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content, session.authenticated))
        return self.data


class Server(Controller):
    """One server at a free port. `tls`: None, "starttls" or "first"."""

    def __init__(self, handler, context=None, tls=None, login=False):
        self.options = {"auth_required": login, "auth_require_tls": False, "authenticator": authenticate if login else None}
        self.context, self.tls = context, tls
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        super().__init__(handler, hostname="127.0.0.1", port=port, ssl_context=context if tls == "first" else None)

    def factory(self):
        context = self.context if self.tls == "starttls" else None
        return SMTP(self.handler, hostname="localhost", tls_context=context, require_starttls=context is not None, **self.options)


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == USER.encode() and data.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


class Odd(threading.Thread):
    """A server that says one thing and then nothing, or breaks off."""

    def __init__(self, greeting, breaks_off):
        super().__init__(daemon=True)
        self.greeting, self.breaks_off = greeting, breaks_off
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen()
        self.port = self.socket.getsockname()[1]
        self.start()

    def run(self):
        held = []
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            connection.sendall(self.greeting)
            if self.breaks_off:
                connection.close()
            held.append(connection)


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.names, self.text = set(), ""

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)

    def handle_data(self, data):
        self.text += data


failures = 0
# The password travels encrypted, which aiosmtpd does not see where the connection is encrypted from the first byte.
warnings.filterwarnings("ignore", module="aiosmtpd")
logging.getLogger("mail.log").setLevel(logging.CRITICAL)


def hold(condition, what):
    global failures
    print(f"{'ok   ' if condition else 'WRONG'} {what}")
    failures += 0 if condition else 1


def send(bursar, folder, address, extra=""):
    clients = tempfile.mkstemp(dir=folder, suffix=".yaml")[1]
    with open(clients, "w") as file:
        file.write(f"""apiVersion: bursar/v1
kind: Clients
metadata: {{name: test}}
spec:
  channels:
    - {{name: mail, kind: email, address: "{address}", from: bursar@example.com, to: [finance@example.com, b@example.com], deadline: 1m{extra}}}
""")
    started = time.time()
    result = subprocess.run([bursar, "notify", "--test", "mail", "--clients", clients], cwd=folder, capture_output=True, text=True,
                            timeout=150)
    return result.returncode, result.stdout + result.stderr, time.time() - started


def main():
    bursar = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        trusted, context = certificate(folder, "trusted")
        other, _ = certificate(folder, "other")
        for name, word in (("password", PASSWORD), ("wrong", "not-the-password")):
            with open(f"{folder}/{name}", "w") as file:
                file.write(word + "\n")
            os.chmod(f"{folder}/{name}", 0o600)
        login = f", user: {USER}, secretFile: {folder}/password"
        authority = f", authorities: {trusted}"

        for tls, scheme in (("starttls", "smtp"), ("first", "smtps")):
            taker = Taker()
            server = Server(taker, context, tls, login=True)
            server.start()
            address = f"{scheme}://127.0.0.1:{server.port}"
            code, said, _ = send(bursar, folder, address, login + authority)
            hold(code == 0 and len(taker.mails) == 1 and taker.mails[0][3], f"{tls}: a mail is taken, by a user who is known ({said.strip()})")
            if taker.mails:
                read(taker.mails[0])
            code, said, _ = send(bursar, folder, address, f", user: {USER}, secretFile: {folder}/wrong{authority}")
            hold(code == 3 and "does not accept" in said and "not-the-password" not in said, f"{tls}: a wrong password ({said.strip()})")
            code, said, _ = send(bursar, folder, address, login + f", authorities: {other}")
            hold(code == 3 and "not trusted" in said, f"{tls}: a certificate of somebody else ({said.strip()})")
            code, said, _ = send(bursar, folder, address, login + f", authorities: {folder}/nowhere")
            hold(code == 3, f"{tls}: authorities that are not there ({said.strip()})")
            hold(len(taker.mails) == 1, f"{tls}: nothing of that was taken")
            server.stop()

        taker = Taker()
        server = Server(taker)
        server.start()
        code, said, _ = send(bursar, folder, f"smtp://127.0.0.1:{server.port}", authority)
        hold(code == 3 and "does not encrypt" in said and not taker.mails, f"a server without STARTTLS is told nothing ({said.strip()})")
        code, said, _ = send(bursar, folder, f"smtp://127.0.0.1:{server.port}")
        hold(code == 0 and len(taker.mails) == 1, "but on this machine, where nobody vouches for it")
        server.stop()

        for name, answers, words in (
            ("an address that is refused", {"recipient": "550 5.1.1 no such user"}, "550"),
            ("a server that is busy", {"recipient": "451 4.3.0 later"}, "451"),
            ("a message that is too large", {"data": "552 5.3.4 too large"}, "552"),
            ("a message that is put off", {"data": "451 4.7.1 greylisted"}, "451"),
        ):
            taker = Taker(**answers)
            server = Server(taker)
            server.start()
            code, said, _ = send(bursar, folder, f"smtp://127.0.0.1:{server.port}")
            hold(code == 3 and f": {words}" in said and "Bye" not in said, f"{name} ({said.strip()})")
            server.stop()

        # The silent ones take the whole deadline, a minute each: together.
        odd = [
            ("a server that says nothing", b"", False), ("one that stops behind its greeting", b"220 localhost\r\n", False),
            ("one that breaks off", b"220 localhost\r\n", True), ("one that is none", b"HTTP/1.1 400 Bad Request\r\n\r\n", True),
            ("one that greets without end", b"220-x\r\n" * 100_000, True),
        ]
        with concurrent.futures.ThreadPoolExecutor() as pool:
            servers = [Odd(greeting, breaks_off) for _, greeting, breaks_off in odd]
            results = pool.map(lambda server: send(bursar, folder, f"smtp://127.0.0.1:{server.port}"), servers)
            for (name, _, _), (code, said, seconds) in zip(odd, results):
                hold(code == 3 and seconds < 90, f"{name} ({said.strip()[:160]})")
    print(f"mail: {'all hold' if failures == 0 else f'{failures} are wrong'}")
    return 1 if failures else 0


def read(mail):
    sender, recipients, content, _ = mail
    hold(sender == "bursar@example.com" and recipients == ["finance@example.com", "b@example.com"], "the envelope")
    message = email.message_from_bytes(content, policy=email.policy.default)
    hold(not message.defects and all(not part.defects for part in message.walk()), "no defects")
    hold(message["To"] == "finance@example.com, b@example.com" and message["From"] == "Bursar <bursar@example.com>", "From and To")
    hold("This is a test of the channel 'mail'" in message["Subject"] and message["Date"].datetime is not None, f"Subject: {message['Subject']}")
    hold(message["Message-ID"].startswith("<m-") and message["Auto-Submitted"] == "auto-generated", "Message-ID")
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    hold(plain is not None and page is not None and message.get_content_type() == "multipart/alternative", "two parts")
    text = plain.get_content()
    hold(text.splitlines()[0] == "This is a test of the channel 'mail': nothing has happened." and "bursar notify" in text, "plain text")
    tags = Tags()
    tags.feed(page.get_content())
    hold("nothing has happened" in tags.text and not tags.names & {"script", "img", "link", "iframe", "form"}, "HTML that fetches nothing")
    hold(all(len(line) <= 998 for line in content.split(b"\r\n")), "short lines")


if __name__ == "__main__":
    sys.exit(main())
