#!/usr/bin/env python3
"""IC cards over real TLS: certificates of authorities made here, a real banshod, and whoever tries to get in.
usage: cards_test.py PROGRAMS PACK"""
import base64, html, http.client, os, re, shutil, signal, socket, sqlite3, ssl, subprocess, sys, tempfile, time, urllib.parse

programs, pack = sys.argv[1:3]
work = tempfile.mkdtemp(prefix='bansho-cards-')
count = failures = 0
running = []


def ok(name, is_kept, why=''):
    global count, failures
    count += 1
    failures += 0 if is_kept else 1
    print(('ok' if is_kept else 'not ok'), count, '-', name, flush=True)
    if not is_kept:
        for line in str(why)[:3000].splitlines():
            print('#', line, flush=True)


def run(*words, **more):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more).stdout.decode()


# ---- Authorities and cards ----

class Authority:
    def __init__(self, folder, name):
        self.at = os.path.join(work, folder)
        os.makedirs(self.at + '/issued')
        open(self.at + '/index.txt', 'w').close()
        open(self.at + '/index.txt.attr', 'w').write('unique_subject = no\n')
        open(self.at + '/serial', 'w').write('1000\n')
        open(self.at + '/crlnumber', 'w').write('01\n')
        open(self.at + '/ca.cnf', 'w').write(f'''[ca]
default_ca = one
[one]
dir = {self.at}
database = {self.at}/index.txt
new_certs_dir = {self.at}/issued
serial = {self.at}/serial
crlnumber = {self.at}/crlnumber
certificate = {self.at}/ca.pem
private_key = {self.at}/ca.key
default_md = sha256
policy = any
default_days = 30
default_crl_days = 30
crl_extensions = crl
[any]
commonName = supplied
[crl]
authorityKeyIdentifier = keyid
[card]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
authorityKeyIdentifier = keyid
subjectKeyIdentifier = hash
[server]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign,digitalSignature
authorityKeyIdentifier = keyid
subjectKeyIdentifier = hash
''')
        run('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-utf8',
            '-subj', '/CN=' + name, '-days', '60', '-keyout', self.at + '/ca.key', '-out', self.at + '/ca.pem',
            '-addext', 'keyUsage=critical,keyCertSign,cRLSign')
        self.pem = open(self.at + '/ca.pem').read()
        self.made = 0

    def card(self, name, *more, kind='card', key=None):
        self.made += 1
        at = f'{self.at}/card{self.made}'
        kind_of_key = key or ('ec', '-pkeyopt', 'ec_paramgen_curve:P-256')
        run('openssl', 'req', '-new', '-newkey', *kind_of_key, '-nodes', '-utf8', '-subj', '/CN=' + name,
            '-keyout', at + '.key', '-out', at + '.csr')
        run('openssl', 'ca', '-batch', '-config', self.at + '/ca.cnf', '-utf8', '-extensions', kind, '-notext', '-in',
            at + '.csr', '-out', at + '.pem', *more)
        return Card(at)

    def twin(self, name, card):
        """Another certificate of the number another one has, which no authority should ever make."""
        at = self.at + '/twin'
        number = run('openssl', 'x509', '-in', card.pem, '-noout', '-serial').strip().split('=')[1]
        run('openssl', 'req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-utf8', '-subj', '/CN=' + name,
            '-keyout', at + '.key', '-out', at + '.csr')
        run('openssl', 'x509', '-req', '-in', at + '.csr', '-CA', self.at + '/ca.pem', '-CAkey', self.at + '/ca.key', '-set_serial',
            '0x' + number, '-days', '30', '-extfile', self.at + '/ca.cnf', '-extensions', 'card', '-out', at + '.pem')
        return Card(at)

    def revoke(self, card):
        run('openssl', 'ca', '-config', self.at + '/ca.cnf', '-revoke', card.pem)

    def crl(self, *more):
        to = self.at + '/crl.pem'
        run('openssl', 'ca', '-config', self.at + '/ca.cnf', '-gencrl', '-out', to, *more)
        return open(to).read()


class Card:
    def __init__(self, at):
        self.pem, self.key = at + '.pem', at + '.key'

    def der(self):
        return ssl.PEM_cert_to_DER_cert(open(self.pem).read())


def put(path, words):
    """As an operator should: beside it, then renamed."""
    with open(path + '.new', 'w') as to:
        to.write(words)
    os.rename(path + '.new', path)


# ---- A browser ----

class Browser:
    """One person's browser: cookies of one host, whatever the port; a card or none in its reader."""

    def __init__(self, house, card=None, source='127.0.0.1', headers=None):
        self.house, self.card, self.source, self.cookies = house, card, source, {}
        self.headers = headers or {}
        self.open = {}

    def line(self, port):
        if self.house.is_plain:
            return http.client.HTTPConnection('127.0.0.1', port, timeout=60, source_address=(self.source, 0))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.set_ciphers('DEFAULT@SECLEVEL=0')  # a guest may bring any key
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        if self.card is not None:
            context.load_cert_chain(self.card.pem, self.card.key)
        return http.client.HTTPSConnection('127.0.0.1', port, timeout=60, context=context, source_address=(self.source, 0))

    def ask(self, method, path, body=None, port=None, headers=None, stays=False):
        port = port or self.house.port
        line = self.open.pop(port, None) if stays else None
        line = line or self.line(port)
        sent = {'Host': f'127.0.0.1:{port}', 'Cookie': '; '.join(f'{k}={v}' for k, v in self.cookies.items()),
                **self.headers, **(headers or {})}
        if method == 'POST':
            sent.setdefault('Sec-Fetch-Site', 'same-origin')
            if isinstance(body, dict):
                body = urllib.parse.urlencode(body)
                sent['Content-Type'] = 'application/x-www-form-urlencoded'
        line.request(method, path, body=body, headers=sent)
        got = line.getresponse()
        got.words = got.read().decode('utf-8', 'replace')
        got.place = got.getheader('Location') or ''
        got.closes = (got.getheader('Connection') or '').lower() == 'close'
        for one in got.headers.get_all('Set-Cookie') or []:
            name, value = one.split(';')[0].split('=', 1)
            self.cookies[name] = value
            if 'Max-Age=0' in one:
                del self.cookies[name]
        if stays:
            self.open[port] = line
        else:
            line.close()
        return got

    def get(self, path, **more):
        return self.ask('GET', path, **more)

    def post(self, path, form=None, page=None, **more):
        """As from our own page: its csrf token is read there first."""
        form = dict(form or {})
        page = page or path
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get(page, port=more.get('port')).words)
        if found:
            form['csrf'] = found.group(1)
        return self.ask('POST', path, form, **more)

    def sign_in(self, login):
        got = self.ask('POST', '/sign-in', {'login': login, 'password': 'bansho-demo-2026'})
        assert got.status == 303, got.words
        return self

    def show_card(self, next=''):
        return self.ask('POST', '/card', {'next': next}, port=self.house.card_port)

    def register(self):
        return self.post('/card/register', port=self.house.card_port)

    def take_privileges(self):
        """As in the morning: what an operator does with others' cards needs a privileged window."""
        got = self.post('/privileges/open', {'reason': '試験', 'minutes': '60'}, page='/privileges')
        assert got.status == 303, got.words
        return self

    def is_in(self, login=None):
        got = self.get('/account')
        return got.status == 200 and (login is None or f'<dd>{login}</dd>' in got.words)


class House:
    def __init__(self, data, cards, is_plain=False, public=None):
        self.data, self.is_plain = data, is_plain
        self.card_port = free_port()
        words = [programs + '/banshod', '--data', data, '--port', str(free_port()), '--demo', '--cards', cards, '--card-port',
                 str(self.card_port)]
        if is_plain:
            words += ['--plain', '--card-public-port', '9444', '--public-port', '9443']
        self.log = open(os.path.join(work, f'log{len(running)}'), 'w+')
        self.child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=self.log)
        running.append(self.child)
        ready = self.child.stdout.readline().decode()
        assert ready.startswith('ready '), ready + open(self.log.name).read()
        self.port = int(ready.rstrip('/\n ').split(':')[-1])

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        self.child.wait()

    def asks(self, what, *values):
        store = sqlite3.connect('file:' + self.data + '/bodies/' + os.listdir(self.data + '/bodies')[0] +
                                '/store.sqlite?mode=ro', uri=True)
        try:
            return store.execute(what, values).fetchall()
        finally:
            store.close()

    def entries(self, act):
        return [one for (one,) in self.asks('SELECT CAST(entry AS TEXT) FROM journal_entry ORDER BY id DESC LIMIT 400')
                if f'"act":"{act}"' in one]


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


def soon(is_so):
    """What must come, however slow the machine is."""
    for _ in range(600):
        if is_so():
            return True
        time.sleep(0.1)
    return False


def demo(name, staff):
    data = os.path.join(work, name)
    run(programs + '/bansho', 'demo', '--data', data, '--staff', str(staff), '--seed', '3', '--pack', pack)
    return data


def person_of(house, login):
    return house.asks('SELECT id FROM people_account WHERE login = ?', login)[0][0]


def refused(got, words):
    return got.status in (403, 422) and words in got.words


try:
    ours, theirs = Authority('ours', '番所市 職員認証局'), Authority('theirs', 'よその認証局')
    impostor = Authority('impostor', '番所市 職員認証局')
    lists = Authority('lists', '失効リストのない認証局')
    folder = os.path.join(work, 'cards')
    os.mkdir(folder)
    put(folder + '/issuers.pem', ours.pem + lists.pem)
    put(folder + '/ours.crl', ours.crl())
    good = ours.card('山田 太郎')
    data = demo('data', 40)
    house = House(data, folder)

    def hands(port):
        return subprocess.run(['openssl', 's_client', '-connect', f'127.0.0.1:{port}'], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout.decode('utf-8', 'replace')

    ok('the ordinary pages ask for no certificate', 'No client certificate CA names sent' in hands(house.port))
    said = hands(house.card_port)
    ok('the card door names whose cards it takes, and nobody else',
       len(re.findall('^CN = ', said.partition('Acceptable client certificate CA names')[2].partition('Requested')[0], re.M)) == 2, said[:2000])

    clerk = Browser(house)
    got = clerk.get('/sign-in')
    ok('the sign-in page offers the card', 'href="/card"' in got.words, got.words[-1500:])
    got = clerk.get('/card?next=%2Faccount')
    ok('its address leads to the door', got.status == 303 and got.place == f'https://127.0.0.1:{house.card_port}/card?next=%2Faccount', got.place)
    got = clerk.get('/dossiers', port=house.card_port)
    ok('everything else leads back from the door', got.status == 303 and got.place == f'https://127.0.0.1:{house.port}/dossiers', got.place)
    got = clerk.get('/card', port=house.card_port)
    ok('without a card the door says so and how to go on', got.status == 200 and 'カードを読み取れませんでした' in got.words, got.words)
    ok('and lets nobody in', clerk.show_card().status == 422 and not clerk.is_in())
    ok('every answer of the door ends its connection', got.closes and not clerk.get('/sign-in').closes)

    reader = Browser(house, good, source='127.0.0.3')
    got = reader.get('/card', port=house.card_port)
    ok('the door shows which card was read', '山田 太郎' in got.words and '番所市 職員認証局' in got.words, got.words)
    got = reader.show_card()
    ok('a card that is not registered is refused', refused(got, '登録されていません') and not reader.is_in(), got.words)
    ok('and the refusal stands in the journal', any('"reason":"not-registered"' in one for one in house.entries('signin.card_refused')))

    # ---- Registering ----
    owner = Browser(house, good)
    got = owner.get('/card/register', port=house.card_port)
    ok('registering asks for a sign-in first', got.status == 303 and '/sign-in' in got.place, got.place)
    owner.sign_in('shokuin')
    got = owner.ask('POST', '/card/register', {}, port=house.card_port)
    ok('registering_without_its_token_is_refused', got.status == 403)
    got = owner.register()
    ok('a person registers the card in their reader', got.status == 303 and '/account/cards' in got.place, got.words)
    got = owner.get('/account/cards')
    ok('and sees it among their own', '山田 太郎' in got.words and '使えます' in got.words, got.words)
    got = owner.register()
    ok('a_password_alone_registers_no_second_card', got.status == 403 and '登録済みの確認を示してから' in got.words, got.words)
    kacho = Browser(house, good).sign_in('kacho')
    got = kacho.register()
    ok('a_card_of_another_person_is_not_registered_again', got.status == 409 and '伊藤' not in got.words, got.words)

    # ---- Signing in ----
    card = Browser(house, good, source='127.0.0.2')
    card.cookies['__Host-session'] = 'f' * 64
    got = card.show_card('/account')
    ok('the card signs its owner in, and leads to the other pages',
       got.status == 303 and got.place == f'https://127.0.0.1:{house.port}/account' and card.is_in('shokuin'), (got.status, got.place, got.words))
    ok('registered twice it is a conflict', card.register().status == 409)
    ok('a_fixed_token_is_not_taken_over', card.cookies['__Host-session'] != 'f' * 64)
    methods = house.asks('SELECT methods, shown FROM people_session ORDER BY id DESC LIMIT 1')[0]
    ok('the session has what was shown: held and known', methods == (64, ' card:1 '), methods)
    got = Browser(house, good, source='127.0.0.2').show_card('//evil.example/')
    ok('an_address_elsewhere_is_not_followed', got.place.startswith(f'https://127.0.0.1:{house.port}/?'), got.place)
    got = Browser(house, good, source='127.0.0.2').ask('POST', '/card', {}, port=house.card_port, headers={'Sec-Fetch-Site': 'cross-site'})
    ok('a_form_of_another_site_signs_nobody_in', got.status == 403)

    # ---- Certificates that do not count ----
    bad = 3

    def tried(name, one, words, **more):
        global bad
        bad += 1
        guest = Browser(house, one, source=f'127.0.1.{bad}', **more)
        got = guest.show_card()
        ok(name, refused(got, words) and not guest.is_in() and 'session' not in ''.join(guest.cookies), (got.status, got.words))

    tried('a_card_of_an_unknown_issuer_is_refused', theirs.card('山田 太郎'), '受け付けていません')
    same = impostor.twin('山田 太郎', good)
    tried('an_issuer_of_the_same_name_is_not_the_issuer', same, '受け付けていません')
    tried('an_expired_card_is_refused', ours.card('古い', '-startdate', '20200101000000Z', '-enddate', '20210101000000Z'), '有効期限が切れています')
    tried('a_card_from_the_future_is_refused', ours.card('未来', '-startdate', '20900101000000Z', '-enddate', '20910101000000Z'), 'まだ始まっていません')
    tried('a_servers_certificate_is_no_card', ours.card('サーバー', kind='server'), '使えません')
    tried('an_authority_is_no_card', ours.card('下の認証局', kind='authority'), '使えません')
    weak = ours.card('弱い鍵', key=('rsa:1024',))
    tried('a_weak_key_is_refused', weak, '使えません')
    tried('without_a_list_of_its_issuer_no_card_counts', lists.card('リストなし'), '失効リストが届いていない')
    twice = ours.twin('同じ番号', good)
    tried('the_same_number_on_another_certificate_is_not_the_card', twice, '登録されていません')
    pem = urllib.parse.quote(open(good.pem).read())
    der = ':' + base64.b64encode(good.der()).decode() + ':'
    guest = Browser(house, None, source='127.0.2.1')
    got = guest.ask('POST', '/card', {}, port=house.card_port, headers={'Client-Cert': der})
    ok('a_header_forged_by_a_client_is_not_a_card', got.status == 422 and '読み取れません' in got.words and not guest.is_in(), got.words)

    # ---- A second proof in a session ----
    both = Browser(house, good).sign_in('shokuin')
    before = both.cookies['__Host-session']
    got = both.show_card('/account')
    ok('a card adds to a session with a password', got.status == 303 and both.is_in('shokuin') and
       house.asks('SELECT methods FROM people_session ORDER BY id DESC LIMIT 1')[0][0] == 65, (got.status, got.words))
    old = Browser(house)
    old.cookies['__Host-session'] = before
    ok('the_token_from_before_the_card_is_worth_nothing', both.cookies['__Host-session'] != before and not old.is_in())
    got = Browser(house, good, source='127.0.2.2').sign_in('kacho').show_card()
    ok('a_card_does_not_add_to_another_persons_session', refused(got, '別の人として'), got.words)

    # ---- In two places ----
    told = Browser(house).sign_in('system').get('/notices').words
    ok('a_card_in_two_places_at_once_is_noted', any('"elsewhere":"yes"' in one for one in house.entries('signin.card_use')) and
       '二つの場所で同時に' in told and '二つの場所で同時に' in both.get('/notices').words, told[:1500])

    # ---- Lost ----
    other = House(data, folder)  # another process over the same body
    there = Browser(other)
    there.cookies = card.cookies
    ok('a session holds in every process', card.get('/account', stays=True).status == 200 and there.is_in('shokuin'))
    stranger = Browser(house).sign_in('dairi')
    ok('a_stranger_neither_sees_nor_stops_a_card', stranger.get('/cards/1/stop').status == 404 and
       stranger.post('/cards/1/stop', {'reason': 'lost'}, page='/account').status in (403, 404) and
       stranger.get(f'/people/{person_of(house, "shokuin")}/cards').status == 403 and card.is_in())
    ok('the_register_is_only_for_who_keeps_accounts', stranger.get('/cards').status == 403)
    got = owner.post('/cards/1/stop', {'reason': 'lost'})
    ok('the person reports the card lost', got.status == 303 and 'lost=1' in got.place, got.words)
    got = card.get('/account', stays=True)
    ok('a_lost_card_ends_its_sessions_on_the_next_request', got.status == 303 and '/sign-in' in got.place, (got.status, got.place))
    ok('in every process', not there.is_in())
    ok('also where the card was shown beside a password', not both.is_in())
    ok('and no other session', owner.is_in('shokuin'))
    got = owner.get('/account/cards?lost=1')
    ok('the page says which report the policy wants', 'ICカードをなくした' in got.words and '/ask' in got.words, got.words)
    ok('a_lost_card_signs_nobody_in', refused(Browser(house, good, source='127.0.2.3').show_card(), '止められています'))
    told = Browser(house).sign_in('system').get('/notices').words
    ok('operators are told', 'なくなったと届け出' in told, told[:1500])
    stopped = house.entries('signin.card_stop')[0]
    ok('the entry cites the clause of the policy', '"6.4.1.b"' in stopped and '"reason":"lost"' in stopped, stopped)
    other.stop()

    # ---- By who keeps accounts, from a file; by the head ----
    keeper = Browser(house).sign_in('system').take_privileges()
    clerk_no = person_of(house, 'shokuin')

    def upload(who, person, bytes_, page=None):
        token = re.search(r'name="csrf" value="([0-9a-f]+)"', who.get(page or f'/people/{person}/cards').words).group(1)
        edge = 'edge'
        body = (f'--{edge}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n--{edge}\r\nContent-Disposition: '
                f'form-data; name="file"; filename="a.cer"\r\nContent-Type: application/octet-stream\r\n\r\n').encode() + bytes_ + \
               f'\r\n--{edge}--\r\n'.encode()
        return who.ask('POST', f'/people/{person}/cards', body, headers={'Content-Type': f'multipart/form-data; boundary={edge}'})

    second = ours.card('山田 太郎 二枚目')
    got = upload(keeper, clerk_no, second.der())
    ok('who keeps accounts registers a card from its file', got.status == 303, got.words)
    ok('and the person is told', 'ICカードが登録されました' in owner.get('/notices').words)
    ok('nobody_else_registers_from_a_file', upload(stranger, clerk_no, ours.card('三枚目').der(), page='/account').status == 403)
    ok('what is no certificate is refused with words', '証明書として読めません' in upload(keeper, clerk_no, b'nonsense').words)
    ok('nor_is_a_card_of_an_unknown_issuer_registered', '受け付けていません' in upload(keeper, clerk_no, theirs.card('x').der()).words)
    again = Browser(house, second, source='127.0.0.2')
    ok('it signs in', again.show_card().status == 303 and again.is_in('shokuin'))
    boss = Browser(house).sign_in('kacho')
    number = house.asks('SELECT max(id) FROM signin_card')[0][0]
    got = boss.post(f'/cards/{number}/stop', {'reason': 'lost'})
    ok('the head of the unit stops a card', got.status == 303 and not again.is_in(), got.words)
    ok('and the person is told by whom nobody can hide', 'なくなったものとして' in owner.get('/notices').words)
    ok('a stopped card may be registered again', upload(keeper, clerk_no, second.der()).status == 303 and again.show_card().status == 303)

    # ---- Revocation lists, without a restart ----
    ours.revoke(second)
    put(folder + '/ours.crl', ours.crl())
    ok('a_revoked_card_ends_its_sessions_without_a_restart', soon(lambda: not again.is_in()), open(house.log.name).read()[-1500:])
    ok('a_revoked_card_is_refused', refused(Browser(house, second, source='127.0.2.4').show_card(), '失効しています'))
    ok('and stopped by the list', house.asks('SELECT reason, stopped_by FROM signin_card ORDER BY id DESC LIMIT 1')[0] in (('revoked', 0), ('revoked', None)))
    third = ours.card('山田 太郎 三枚目')
    ok('another card', upload(keeper, clerk_no, third.der()).status == 303)
    open(folder + '/ours.crl', 'w').write('-----BEGIN X509 CRL-----\nhalf')
    ok('a list that is half there leaves the last good one', soon(lambda: 'ours.crl' in keeper.get('/cards').words) and
       'ours.crl' in keeper.get('/health').words and Browser(house, third).show_card().status == 303, keeper.get('/health').words[-1500:])
    put(folder + '/ours.crl', ours.crl('-crl_lastupdate', '20260101000000Z', '-crl_nextupdate', '20260102000000Z'))
    ok('a list that has run out is said in the register', soon(lambda: '失効リストが古い' in keeper.get('/cards').words))
    ok('and on the page of health', '発行者2のうち2のカードを受け付けていません' in keeper.get('/health').words, keeper.get('/health').words[-1500:])
    ok('with_an_old_list_no_card_counts', refused(Browser(house, third, source='127.0.2.5').show_card(), '古くなっている'))
    put(folder + '/ours.crl', theirs.crl())
    ok('a_list_of_another_issuer_is_not_taken', soon(lambda: '署名が合いません' in keeper.get('/cards').words))
    put(folder + '/ours.crl', ours.crl())
    ok('and all is well again with a new list', soon(lambda: Browser(house, third, source='127.0.3.1').show_card().status == 303))

    # ---- Who left; another body ----
    left = ours.card('去る人')
    dairi = person_of(house, 'dairi')
    upload(keeper, dairi, left.der())
    leaver = Browser(house, left)
    ok('a deputy signs in with a card', leaver.show_card().status == 303 and leaver.is_in('dairi'))
    got = keeper.post(f'/people/{dairi}/account/close', page=f'/people/{dairi}/account')
    ok('a_card_of_a_person_whose_account_is_closed_is_refused', got.status == 303 and not leaver.is_in() and
       refused(Browser(house, left, source='127.0.3.2').show_card(), '持ち主は'), got.words)
    elsewhere = House(demo('data2', 40), folder)
    far = ours.card('よその団体の人')
    there = Browser(elsewhere, far).sign_in('shokuin')
    ok('another body registers its own card', there.register().status == 303 and Browser(elsewhere, far).show_card().status == 303)
    ok('a_card_of_another_body_is_refused', refused(Browser(house, far, source='127.0.3.3').show_card(), '登録されていません'))
    ok('a_card_of_ours_is_refused_there', refused(Browser(elsewhere, third, source='127.0.3.4').show_card(), '登録されていません'))

    # ---- A fresh proof before what weighs: what was typed stays here while the card is shown at its door ----
    theirs_card = ours.card('運用の人')
    boss = Browser(elsewhere, theirs_card).sign_in('system')
    ok('who runs Bansho there has a card', boss.register().status == 303)

    def grow_old(login):
        """As if hours had passed: this body is not verified afterwards."""
        store = sqlite3.connect(elsewhere.data + '/bodies/' + os.listdir(elsewhere.data + '/bodies')[0] + '/store.sqlite', timeout=60)
        store.execute('UPDATE people_session SET proven = proven - 7200000, created = created - 7200000 WHERE person = ?', (person_of(elsewhere, login),))
        store.commit()
        store.close()

    reason = '夜間の障害への対応 "<&\'理由'
    grow_old('system')
    got = boss.post('/privileges/open', {'reason': reason, 'minutes': '45'}, page='/privileges')
    link = re.search(r'href="(/card\?next=[^"]+)"', got.words)
    ok('what weighs asks for a proof, with the card among the ways', got.status == 403 and '本人確認' in got.words and '番所に残っています' in got.words and link, got.words[-2500:])
    back = urllib.parse.parse_qs(urllib.parse.urlsplit(link.group(1)).query)['next'][0]
    ok('the_address_that_goes_to_the_card_door_holds_nothing_that_was_typed', re.fullmatch(r'/sign-in/proof\?kept=[0-9a-f]{32}', back), back)
    ok('before_the_card_was_shown_the_page_asks_again', '本人確認' in boss.get(back).words and 'data-go-on' not in boss.get(back).words)
    ok('nobody_else_is_given_what_was_typed', Browser(elsewhere).sign_in('shokuin').get(back).status == 404)
    got = boss.show_card(back)
    ok('the card leads back to where it waits', got.status == 303 and got.place == f'https://127.0.0.1:{elsewhere.port}{back}', (got.status, got.place, got.words[-1500:]))
    got = boss.get(back)
    fields = {name: html.unescape(value) for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', got.words.partition('data-go-on')[2])}
    ok('and what was typed is there', got.status == 200 and fields.get('reason') == reason and fields.get('minutes') == '45' and
       'action="/privileges/open"' in got.words, (fields, got.words[-1500:]))
    ok('it_is_given_once', boss.get(back).status == 404 and 'もう残っていません' in boss.get(back).words)
    got = boss.ask('POST', '/privileges/open', fields)
    ok('and the act goes on with it', got.status == 303 and reason in html.unescape(boss.get('/privileges').words), (got.status, got.words[-1500:]))
    elsewhere.stop()

    # ---- Trying on and on ----
    guest = Browser(house, theirs.card('しつこい'), source='127.0.4.4')
    last = None
    for _ in range(400):
        last = guest.show_card()
        if last.status != 422:
            break
    ok('trying_on_and_on_from_one_address_comes_to_an_end', last.status == 403 and last.getheader('Retry-After'), last.status)
    ok('and only from there', Browser(house, third, source='127.0.4.5').show_card().status == 303)
    house.stop()
    checked = subprocess.run([programs + '/bansho', 'verify', '--data', data], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    ok('the journal verifies', checked.returncode == 0, checked.stdout.decode())

    # ---- Behind a proxy ----
    proxied = House(data, folder, is_plain=True)
    https = {'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '192.0.2.7'}
    third_der = ':' + base64.b64encode(third.der()).decode() + ':'
    one = Browser(proxied, headers={**https, 'Client-Cert': third_der})
    got = one.show_card('/account')
    ok('a proxy on this machine passes the certificate (RFC 9440)',
       got.status == 303 and got.place == 'https://127.0.0.1:9443/account' and one.is_in('shokuin'), (got.status, got.place, got.words))
    escaped = Browser(proxied, headers={**https, 'Client-Cert': urllib.parse.quote(open(third.pem).read())})
    ok('or as an escaped PEM', escaped.show_card().status == 303 and escaped.is_in())
    got = one.get('/card')
    ok('and browsers are led to its public port', got.place == 'https://127.0.0.1:9444/card', got.place)
    forged = Browser(proxied, headers={'Client-Cert': third_der}, source='127.0.5.5')
    ok('a_certificate_from_who_is_not_the_proxy_is_not_taken', forged.show_card().status == 422 and not forged.is_in())
    main = Browser(proxied, headers={**https, 'Client-Cert': third_der})
    got = main.ask('POST', '/card', {}, headers={'Sec-Fetch-Site': 'same-origin'})
    ok('a_certificate_in_a_header_counts_nowhere_but_at_the_door', got.status in (404, 422) and not main.is_in(), got.status)
    got = Browser(proxied, headers={**https, 'Client-Cert': ':bm9uc2Vuc2U=:'}, source='127.0.0.1').show_card()
    ok('nonsense in the header is no card', got.status == 422)
    double = proxied.card_port
    with socket.create_connection(('127.0.0.1', double)) as raw:
        raw.sendall(f'GET /card HTTP/1.1\r\nHost: 127.0.0.1\r\nClient-Cert: {third_der}\r\nClient-Cert: {third_der}\r\n\r\n'.encode())
        ok('two_certificates_in_one_request_are_refused', b' 400 ' in raw.recv(200))
    proxied.stop()

    # ---- Configured wrongly ----
    none = os.path.join(work, 'none')
    os.mkdir(none)
    wrong = subprocess.run([programs + '/banshod', '--data', data, '--port', '0', '--cards', none, '--card-port', '0'],
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    ok('a folder without issuers is said at the start', wrong.returncode == 2 and 'issuers.pem' in wrong.stdout.decode(), wrong.stdout.decode())
finally:
    for child in running:
        if child.poll() is None:
            child.kill()
            child.wait()
    shutil.rmtree(work, ignore_errors=True)
print(f'1..{count}')
sys.exit(0 if failures == 0 else 1)
