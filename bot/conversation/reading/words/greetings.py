"""How people greet, in English and elsewhere."""

from __future__ import annotations

GREETINGS = frozenset(
    "hi hii hello helo hallo heya hey hiya hola bonjour ciao ok okay so well please um uh btw"
    " yo".split()
)
"""Words before a sentence's first real word."""

GREETINGS_ELSEWHERE = frozenset(
    "lads guys folks mates"
    " buenas buenos moin servus gruss grussgott gruezi salam salaam kia g'day gday howdy hej hei"
    " heihei hai oi oii ola salut ahoj cau czesc aloha namaste konnichiwa annyeong sup yo sziasztok"
    " szia tere sveiki labas zdravo bok merhaba ahlan yassou saluti dia oy hiii heyy heyyy helloo"
    " holaa holi heyo hullo ello greetings good dear pura tena sawubona bonsoir buongiorno"
    " goedendag kumusta mabuhay ok".split()
)
GREETED = frozenset(
    "there all everyone everybody guys team folks lads mate mates again friends friend sir madam"
    " morning afternoon evening day euch ora vida dias tardes noches alaikum aleikum dhuit people"
    " iec dia koutou katoa".split()
)
"""Whom a greeting is for, and when: "hi there", "good morning all"."""
