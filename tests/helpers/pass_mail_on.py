"""Passes a mail on as programs in Python do: python3 pass_mail_on.py MAIL FOLDER"""

import email
import email.header
import email.policy
import mailbox
import sys
from email.message import EmailMessage
from email.mime.text import MIMEText
from pathlib import Path

source, folder = Path(sys.argv[1]), Path(sys.argv[2])
mail = source.read_bytes()


def write(name, content):
    (folder / f"{name}.eml").write_bytes(content)


def read(policy=email.policy.SMTP):
    return email.message_from_bytes(mail, policy=policy)


def texts(message):
    return [
        part
        for part in message.walk()
        if part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment"
    ]


write("parsed and written", read(email.policy.default).as_bytes())
write("parsed and written with an envelope", read(email.policy.compat32).as_bytes(unixfrom=True))

for encoding in ("quoted-printable", "8bit", "base64"):
    message = read()
    for part in texts(message):
        words, subtype = part.get_content(), part.get_content_subtype()
        part.set_content(words, subtype=subtype, charset="utf-8", cte=encoding)
    write(f"texts in {encoding}", message.as_bytes())

forward = EmailMessage()
forward["From"], forward["To"] = "a@mint.example", "b@mint.example"
forward["Subject"] = f"Fwd: {read(email.policy.default)['Subject']}"
forward.set_content("")
forward.add_attachment(read(email.policy.default))
write("forwarded as a file", forward.as_bytes())

box = mailbox.mbox(folder / "box")
box.add(mail)
box.close()
write("kept in a mailbox", (folder / "box").read_bytes())

# As Mailman 3 does with a mail that has parts (mailman.handlers.decorate, subject_prefix).
decorated = read(email.policy.compat32)
footer = MIMEText("_____\nGarden mailing list\nhttps://mint.example/list\n", "plain", "utf-8")
footer["Content-Disposition"] = "inline"
decorated.attach(footer)
subject = str(email.header.make_header(email.header.decode_header(decorated["Subject"])))
del decorated["Subject"]
decorated["Subject"] = email.header.Header(f"[Garden] {subject}", "utf-8")
write("sent by a list", decorated.as_bytes())
