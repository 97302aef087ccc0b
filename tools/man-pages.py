#!/usr/bin/env python3
"""Manual pages from the programs' own help, so that the two cannot disagree: English in OUT/man1 …,
Japanese in OUT/ja/man1 …  usage: man-pages.py PROGRAMS PACKAGING OUT VERSION DATE"""
import os, re, subprocess, sys

programs, packaging, out, version, date = sys.argv[1:]
SEE = {'en': 'SEE ALSO', 'ja': '関連項目'}
HEADS = {'en': ('NAME', 'DESCRIPTION', 'COMMANDS', 'FILES'), 'ja': ('名前', '説明', '命令', 'ファイル')}
# name, section, one line in English, in Japanese
PAGES = [
    ('bansho', 1, 'command line of Bansho', '番所のコマンドライン'),
    ('banshod', 8, 'web server of Bansho', '番所のWebサーバー'),
    ('bansho-clock', 8, 'what time alone causes: reminders, expiry, mail', '期限の見張りとメール'),
    ('bansho-sealer', 8, 'signs the checkpoints of the journal', '記録簿の検証点に署名する'),
    ('bansho-print', 8, 'one PDF per run, in a jail', 'PDFを一つ作る（閉じ込めの中で）'),
    ('bansho-witness', 8, 'cosigns the journals of other bodies', 'ほかの団体の記録簿の証人になる'),
    ('bansho-directory', 8, 'asks the directory (LDAP) for one question of banshod', '庁内のディレクトリに尋ねる（閉じ込めの中で）'),
    ('bansho-sheet', 8, 'reads one table, in a jail', '表を一つ読む（閉じ込めの中で）'),
]


def roff(text):
    text = text.replace('\\', '\\e').replace('-', '\\-')
    return '\n'.join('\\&' + line if line[:1] in ".'" else line for line in text.split('\n'))


def help_of(name, words, lang):
    env = dict(os.environ, LC_ALL='C.UTF-8')
    got = subprocess.run([os.path.join(programs, name), *words], capture_output=True, text=True, env=env)
    return (got.stdout or got.stderr).strip()


def literal(text):
    return '.nf\n' + roff(text) + '\n.fi\n'


def write(lang, name, section, body):
    folder = os.path.join(out, *(['ja'] if lang == 'ja' else []), f'man{section}')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, f'{name}.{section}'), 'w', encoding='utf-8') as file:
        file.write(f'.TH {name.upper()} {section} "{date}" "bansho {version}" "Bansho"\n' + body)


def head(lang, name, line):
    return f'.SH {HEADS[lang][0]}\n{roff(name)} \\- {roff(line)}\n'


def see(lang, name):
    others = [f'.BR {roff(n)} ({s})' for n, s, *_ in PAGES if n != name]
    others.append('.BR bansho.conf (5)')
    return f'.SH {SEE[lang]}\n' + ' ,\n'.join(others) + '\n'


def commands(lang):
    listing = help_of('bansho', ['--help', '--lang', lang] if lang == 'ja' else ['--help'], lang)
    names = re.findall(r'^  ([a-z][a-z-]*) ', listing, re.M)
    body = ''
    for command in names:
        words = help_of('bansho', [command, '--help', '--lang', lang], lang)
        body += f'.SS {roff("bansho " + command)}\n' + literal(words)
    return body


for name, section, english, japanese in PAGES:
    for lang in ('en', 'ja'):
        body = head(lang, name, english if lang == 'en' else japanese)
        body += f'.SH {HEADS[lang][1]}\n'
        if name == 'bansho':
            body += f'.SH {HEADS[lang][2]}\n' + commands(lang)
        else:
            words = ['--english', '--help'] if name in ('bansho-sheet', 'bansho-directory') and lang == 'en' else ['--help']
            body += literal(help_of(name, words, lang))
        write(lang, name, section, body + see(lang, name))

conf = open(os.path.join(packaging, 'bansho.conf'), encoding='utf-8').read()
write('ja', 'bansho.conf', 5, head('ja', 'bansho.conf', '番所の設定') + f'.SH {HEADS["ja"][1]}\n' + literal(conf) + see('ja', ''))
keys = open(os.path.join(packaging, 'bansho.conf.en'), encoding='utf-8').read()
write('en', 'bansho.conf', 5, head('en', 'bansho.conf', 'configuration of Bansho') + f'.SH {HEADS["en"][1]}\n' + literal(keys) + see('en', ''))
script = open(os.path.join(packaging, 'bansho-certificate'), encoding='utf-8').read()
words = '\n'.join(line[2:] for line in script.split('\n')[1:] if line.startswith('#') or not line)
words = words.split('\n\n\n')[0].strip('\n')
for lang, line in (('en', "certificate of Bansho's web server"), ('ja', '番所のWebサーバーの証明書')):
    write(lang, 'bansho-certificate', 8, head(lang, 'bansho-certificate', line) + f'.SH {HEADS[lang][1]}\n' + literal(words) + see(lang, ''))
