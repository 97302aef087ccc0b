#!/usr/bin/env python3
"""Walks docs/rights.md from outside: a real banshod over HTTPS, every page and act as every kind of person, other
people's objects by guessing their numbers, another body's sessions and objects, and the attacks on signing in.
Prints TAP. usage: rights_walk.py PROGRAMS SOURCES PACK

A line of the table that is not tried as it stands there fails; so does an object rule that FOREIGN below does not know."""
import hashlib, http.client, os, re, shutil, signal, socket, sqlite3, ssl, subprocess, sys, tempfile, time, urllib.parse

programs, sources, pack = sys.argv[1:4]
PASSWORD = 'bansho-demo-2026'
NOT_YOURS = 'この画面を使う権限がありません'
NOBODYS = 'それがありません'
SLOW = 120
TLS = ssl.create_default_context()
TLS.check_hostname, TLS.verify_mode = False, ssl.CERT_NONE  # the body's own certificate, on loopback
SESSION, DEVICE = '__Host-session', '__Host-device'
work = tempfile.mkdtemp(prefix='rights-walk-')
running = []


# ---- The table ----

def read_table():
    kinds, rows = [], []
    for line in open(os.path.join(sources, 'docs/rights.md'), encoding='utf-8'):
        cells = [one.strip() for one in line.strip().strip('|').split('|')]
        if line.startswith('| page or act'):
            kinds = cells[3:]
        found = re.match(r'`(GET|POST) (\S+)`$', cells[0])
        if kinds and found:
            rows.append((found.group(1), found.group(2), cells[1], cells[2],
                         {kind for kind, mark in zip(kinds, cells[3:]) if mark == 'x'}))
    return kinds, rows


KINDS, ROWS = read_table()


# ---- A body, served ----

def card_folder():
    """An authority that makes cards, and a card of it; as cards_test does, with less."""
    folder, at = os.path.join(work, 'cards'), os.path.join(work, 'authority')
    os.makedirs(folder)
    os.makedirs(at)
    open(f'{at}/index.txt', 'w').close()
    with open(f'{at}/crlnumber', 'w') as number:
        number.write('01\n')
    with open(f'{at}/ca.cnf', 'w') as conf:
        conf.write(f'[ca]\ndefault_ca = one\n[one]\ndatabase = {at}/index.txt\ncrlnumber = {at}/crlnumber\ncertificate = {at}/ca.pem\n'
                   f'private_key = {at}/ca.key\ndefault_md = sha256\ndefault_crl_days = 30\ncrl_extensions = crl\n[crl]\nauthorityKeyIdentifier = keyid\n'
                   '[card]\nbasicConstraints = critical,CA:FALSE\nkeyUsage = critical,digitalSignature\nextendedKeyUsage = clientAuth\n'
                   'authorityKeyIdentifier = keyid\nsubjectKeyIdentifier = hash\n')
    key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
    for words in (['req', '-x509', *key, '-subj', '/CN=walk', '-days', '60', '-keyout', f'{at}/ca.key', '-out', f'{at}/ca.pem',
                   '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
                  ['req', '-new', *key, '-subj', '/CN=card', '-keyout', f'{at}/card.key', '-out', f'{at}/card.csr'],
                  ['x509', '-req', '-in', f'{at}/card.csr', '-CA', f'{at}/ca.pem', '-CAkey', f'{at}/ca.key', '-set_serial', '4096', '-days', '30',
                   '-extfile', f'{at}/ca.cnf', '-extensions', 'card', '-out', f'{at}/card.pem'],
                  ['ca', '-config', f'{at}/ca.cnf', '-gencrl', '-out', f'{folder}/walk.crl']):
        subprocess.run(['openssl', *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    shutil.copy(f'{at}/ca.pem', f'{folder}/issuers.pem')
    with open(f'{at}/card.pem') as made:
        return folder, made.read()


def free_port():
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        return free.getsockname()[1]


class Body:
    def __init__(self, name, seed, staff=60, cards=None):
        self.data = os.path.join(work, name)
        subprocess.run([f'{programs}/bansho', 'demo', '--data', self.data, '--staff', str(staff), '--assets', '200', '--seed', str(seed),
                        '--pack', pack], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.port = free_port()
        self.log = open(os.path.join(work, name + '.log'), 'w+')
        words = [f'{programs}/banshod', '--data', self.data, '--port', str(self.port)]
        self.card_port = free_port()
        words += ['--cards', cards, '--card-port', str(self.card_port)] if cards else []
        self.process = subprocess.Popen(words,
                                        stdout=self.log, stderr=subprocess.STDOUT)
        running.append(self.process)
        for _ in range(600):
            with open(self.log.name) as said:
                if re.search('^ready', said.read(), re.M):
                    break
            time.sleep(0.1)
        folder = os.path.join(self.data, 'bodies')
        self.store = os.path.join(folder, os.listdir(folder)[0], 'store.sqlite')
        self.db = sqlite3.connect(f'file:{self.store}?mode=ro', uri=True, timeout=30, isolation_level=None)

    def ask(self, sql, *values):
        return self.db.execute(sql, values).fetchall()

    def one(self, sql, *values):
        rows = self.ask(sql, *values)
        return rows[0][0] if rows else None

    def entries(self):
        return self.one('SELECT count(*) FROM journal_entry')


class Visitor:
    """A browser: keeps cookies, sends its token with every form."""
    def __init__(self, body, login=None, password=PASSWORD, cookies=None, port=None):
        self.port = port or body.port
        self.body, self.login, self.cookies, self.csrf = body, login, dict(cookies or {}), ''
        self.password = password
        self.line = None
        if login is not None:
            self.sign_in()

    def send(self, method, path, fields=None, headers=None):
        if self.line is None:
            self.line = http.client.HTTPSConnection('127.0.0.1', self.port, timeout=SLOW, context=TLS)
        sent = {'Host': f'127.0.0.1:{self.port}', 'Sec-Fetch-Site': 'same-origin', **(headers or {})}
        if self.cookies:
            sent['Cookie'] = '; '.join(f'{name}={value}' for name, value in self.cookies.items())
        content = None
        if method == 'POST' and isinstance(fields, bytes):
            content = fields
        elif method == 'POST':
            content = urllib.parse.urlencode({'csrf': self.csrf, **(fields or {})}).encode()
            sent['Content-Type'] = 'application/x-www-form-urlencoded'
        try:
            self.line.request(method, path, content, sent)
            answer = self.line.getresponse()
        except TimeoutError:
            raise
        except (http.client.RemoteDisconnected, OSError):  # closed while it was idle: nothing was read
            self.line.close()
            self.line.request(method, path, content, sent)
            answer = self.line.getresponse()
        text = answer.read().decode('utf-8', 'replace')
        for cookie in answer.headers.get_all('Set-Cookie') or []:
            name, value = cookie.split(';')[0].split('=', 1)
            self.cookies[name] = value
        return answer.status, text, answer.headers.get('Location') or ''

    def sign_in(self):
        answer = self.send('POST', '/sign-in', {'login': self.login, 'password': self.password})
        self.is_in = answer[0] == 303
        if self.is_in:
            text = self.send('GET', '/account')[1]
            found = re.search(r'name="csrf" value="([0-9a-f]+)"', text)
            self.csrf = found.group(1) if found else ''
            # As in the morning; refused where nothing privileged is held.
            self.has_window = self.send('POST', '/privileges/open', {'reason': 'walk', 'minutes': '60'})[0] == 303
        return answer


class Person:
    """Who signs in, what they hold, worked out from the store's tables alone."""
    def __init__(self, body, name, login, password=PASSWORD):
        self.body, self.name, self.login = body, name, login
        self.id = body.one('SELECT id FROM people_account WHERE login = ?', login) if login else 0
        self.visitor = Visitor(body, login, password)
        self.learn()

    def learn(self):
        scopes = dict(re.findall(r'- code: (\S+)\n(?:    .*\n)*?    scope: (\w+)', open(os.path.join(pack, 'roles.yaml'), encoding='utf-8').read()))
        day = int((time.time() + 9 * 3600) // 86400)
        now = '(a.since IS NULL OR a.since <= ?1) AND (a.until IS NULL OR a.until >= ?1)'
        held = self.body.ask(f'SELECT r.role, p.unit FROM people_assignment a JOIN people_post p ON p.id = a.post JOIN people_post_role r ON r.post = p.id '
                             f'WHERE a.person = ?2 AND {now} AND (r.until IS NULL OR r.until >= ?1) AND (r.since IS NULL OR r.since <= ?1)', day, self.id)
        held += self.body.ask('SELECT r.role, p.unit FROM people_deputy d JOIN people_post p ON p.id = d.post JOIN people_post_role r ON r.post = p.id '
                              'WHERE d.deputy = ?2 AND d.since <= ?1 AND d.until >= ?1 AND r.until IS NULL', day, self.id)
        posts = [unit for unit, in self.body.ask(f'SELECT p.unit FROM people_assignment a JOIN people_post p ON p.id = a.post WHERE a.person = ?2 AND {now}', day, self.id)]
        grants = self.body.ask('SELECT kind, unit FROM people_grant WHERE person = ?2 AND (until IS NULL OR until >= ?1)', day, self.id)
        names = {'body': 'body', 'bureau': 'bureau', 'section': 'head', 'system': 'system'}
        self.kinds = {names[scopes[role]] for role, _ in held if scopes.get(role) in names} | {kind for kind, _ in grants}
        self.kinds |= {'clerk'} if posts else set()
        if not self.id:
            self.kinds = {'nobody'}
        self.role_units = self.below([unit for role, unit in held if scopes.get(role) in ('bureau', 'section', 'system')])
        self.post_units = self.below(posts)
        self.grant_units = self.below([unit for kind, unit in grants if kind == 'ledger' and unit])
        named = re.search(r'^recovery:.*roles: \[([^\]]*)\]', open(os.path.join(pack, 'sign-in.yaml'), encoding='utf-8').read(), re.M)
        self.recovers = bool({role for role, _ in held} & set(re.split(r', *', named.group(1) if named else '')))
        self.sees_all = bool({'body', 'auditor'} & self.kinds)
        self.edits_people = bool({'people', 'operator'} & self.kinds)

    def below(self, units):
        tree = self.body.ask('SELECT id, parent FROM people_unit')
        found = set(units)
        while True:
            more = {unit for unit, parent in tree if parent in found} - found
            if not more:
                return found
            found |= more


# ---- Other people's objects: rule -> what stands in the address ----

def marks(values):
    return ','.join(str(int(one)) for one in values) or '-1'


def unseen(person, which=''):
    """Dossiers that the person has nothing to do with: of other units, about other units' assets, decided by others."""
    drafts = person.body.ask(f"SELECT id FROM flow_dossier WHERE state = 'draft' AND applicant <> {person.id} LIMIT 3")
    if person.sees_all:
        return [one for one, in drafts]
    mine = marks(person.role_units | person.post_units)
    others = person.body.ask(
        f"SELECT d.id FROM flow_dossier d WHERE d.state <> 'draft' AND d.applicant <> {person.id} AND d.unit NOT IN ({mine}) "
        f'AND NOT EXISTS (SELECT 1 FROM flow_step s WHERE s.dossier = d.id AND s.unit IN ({mine})) '
        f'AND NOT EXISTS (SELECT 1 FROM flow_chosen c JOIN ledger_row l ON l.id = c.asset WHERE c.dossier = d.id AND l.owner IN ({mine})) '
        f'AND NOT EXISTS (SELECT 1 FROM flow_decision x WHERE x.dossier = d.id AND x.person = {person.id}) {which} ORDER BY d.id DESC LIMIT 6')
    return [one for one, in drafts + others]


def not_applied(person):
    return [one for one, in person.body.ask(f'SELECT max(id) FROM flow_dossier WHERE applicant <> {person.id} GROUP BY state')]


def mine_waiting(person):
    return [one for one, in person.body.ask(f"SELECT id FROM flow_dossier WHERE applicant = {person.id} AND state = 'sent' LIMIT 3")]


def permits(person, dossiers):
    return [one for one, in person.body.ask(f'SELECT id FROM flow_permit WHERE dossier IN ({marks(dossiers)}) ORDER BY id DESC LIMIT 6')]


def other_units_permits(person):
    return [one for one, in person.body.ask(f'SELECT p.id FROM flow_permit p JOIN flow_dossier d ON d.id = p.dossier WHERE d.applicant <> {person.id} '
                                            f'AND d.unit NOT IN ({marks(person.role_units | person.post_units)}) ORDER BY p.id DESC LIMIT 4')]


def rows_beyond(person, method, path):
    writes = method == 'POST' or path.endswith('/edit')
    if not writes and person.sees_all:
        return []
    reach = person.role_units | person.grant_units | (set() if writes else person.post_units)
    return person.body.ask(f'SELECT ledger, max(id) FROM ledger_row WHERE owner NOT IN ({marks(reach)}) AND is_retired = 0 GROUP BY ledger, owner ORDER BY ledger DESC LIMIT 8')


KEPT = ("(SELECT p.unit FROM people_post p JOIN people_post_role r ON r.post = p.id JOIN people_assignment a ON a.post = p.id "
        "WHERE r.role = 'manager' AND (a.until IS NULL OR a.until > 20000))")  # of a unit without a manager the role above keeps the things


def things_beyond(person, method):
    """Things of other units that somebody keeps there and nobody has taken along."""
    if method == 'GET' and person.sees_all:
        return []
    reach = marks(person.role_units | person.grant_units | person.post_units)
    return person.body.ask(f"SELECT max(id) FROM ledger_row r WHERE ledger IN ('media', 'asset') AND is_retired = 0 AND owner NOT IN ({reach}) AND owner IN {KEPT} "
                           'AND NOT EXISTS (SELECT 1 FROM flow_outing o WHERE o.asset = r.id) '
                           f'AND NOT EXISTS (SELECT 1 FROM inventory_loan l WHERE l.thing = r.id AND l.person = {person.id}) GROUP BY ledger, owner ORDER BY ledger DESC LIMIT 4')


def takes_beyond(person, method):
    if method == 'GET' and person.sees_all:
        return []
    reach = marks(person.role_units | person.grant_units | person.post_units)
    return person.body.ask(f'SELECT id FROM inventory_take WHERE unit NOT IN ({reach}) AND unit IN {KEPT} ORDER BY closed IS NOT NULL, id LIMIT 3')


def others_people(person):
    """Whose cards the person neither sees nor stops: not their own, not of units they answer for."""
    if 'operator' in person.kinds:
        return []
    return [one for one, in person.body.ask(
        f'SELECT id FROM people_account c WHERE is_closed = 0 AND id <> {person.id} AND NOT EXISTS (SELECT 1 FROM people_assignment a '
        f'JOIN people_post p ON p.id = a.post WHERE a.person = c.id AND p.unit IN ({marks(person.role_units | person.grant_units)})) '
        'ORDER BY id NOT IN (SELECT person FROM signin_card), id LIMIT 6')]


def others_rooms(person, method, path):
    """Server rooms of units that the person neither reads nor keeps, their visits and tablets."""
    if method == 'GET' and person.sees_all:
        return []
    reach = person.role_units | (set() if method == 'POST' else person.post_units | person.grant_units)
    rooms = f"SELECT id FROM ledger_row WHERE ledger = 'room' AND owner NOT IN ({marks(reach)})"
    table = 'entrance_visit' if '/visits/' in path else 'entrance_tablet' if '/tablets/' in path else None
    return [{'id': one} for one, in person.body.ask(f'SELECT id FROM {table} WHERE room IN ({rooms}) LIMIT 3' if table else rooms + ' LIMIT 3')]


def others_systems(person, method, path):
    """Systems of other units; and under a system of one's own, the accounts of another one and the lists others sent."""
    writes = (method == 'POST' and not path.endswith('/keep')) or '/import' in path
    reach = person.role_units | person.grant_units | (set() if writes else person.post_units)
    systems = person.body.ask("SELECT id, owner FROM ledger_row WHERE ledger = 'system' AND is_retired = 0 ORDER BY id")
    is_own = lambda owner: owner in reach or (not writes and person.sees_all)
    account = lambda system: person.body.one('SELECT id FROM access_account WHERE system = ? AND closed IS NULL', system) or 999999
    foreign = [{'id': one, 'account': account(one)} for one, owner in systems if not is_own(owner)][:4]
    own = [one for one, owner in systems if is_own(owner)]
    if '{account}' in path:
        foreign += [{'id': one, 'account': account(other)} for one in own[:2] for other, _ in systems if other != one]
    if '{file' in path:
        foreign += [{'id': one, 'file': file} for one in own[:2] for name, file in uploads if name != person.name]
    return foreign


def audits_seen(person):
    """Who sees audits by what they are; acts are of one role each, tried in audit_test."""
    return bool({'body', 'auditor'} & person.kinds)


def audit_objects(person, path):
    """Every audit is somebody else's to who has no part in them; points and requests of units not their own."""
    if '{point}' in path or '{request}' in path:
        table = 'audit_point' if '{point}' in path else 'audit_request'
        return [{'point': one, 'request': one} for one, in person.body.ask(
            f'SELECT id FROM {table} WHERE unit NOT IN ({marks(person.role_units)}) ORDER BY id LIMIT 3')]
    if '{meeting}' in path:
        return [{'meeting': one} for one, in person.body.ask('SELECT id FROM audit_meeting ORDER BY id DESC LIMIT 2')]
    if '{review}' in path:
        return [{'review': one, 'source': 'audits'} for one, in person.body.ask('SELECT id FROM audit_review LIMIT 1')]
    pick = lambda table, audit: person.body.one(f'SELECT id FROM {table} WHERE audit = ? ORDER BY id', audit) or 999999
    return [{'id': one, 'auditor': pick('audit_auditor', one), 'item': pick('audit_item', one), 'paper': pick('audit_paper', one),
             'draw': pick('audit_draw', one)} for one, in person.body.ask('SELECT id FROM audit_case ORDER BY id LIMIT 3')]


def others_contracts(person, path):
    """Contracts of units that are not one's own, for who does not see all; and parts of one contract under the number of another."""
    if person.sees_all:
        return []
    tables = {'candidate': 'contract_candidate', 'link': 'contract_link', 'handover': 'contract_handover', 'demand': 'contract_demand'}
    pick = lambda table, one: person.body.one(f'SELECT max(id) FROM {table} WHERE contract = ?', one) or 999999
    worker = lambda one: person.body.one('SELECT max(w.id) FROM contract_worker w JOIN contract_link l ON l.id = w.link WHERE l.contract = ?', one) or 999999
    parts = lambda one: {**{name: pick(table, one) for name, table in tables.items()}, 'worker': worker(one)}
    every = person.body.ask('SELECT id, unit FROM contract_case ORDER BY id')
    reach = person.role_units | person.post_units
    foreign = [{'id': one, **parts(one)} for one, unit in every if unit not in reach][:4]
    if path.count('{') > 1:
        foreign += [{**parts(other), 'id': one} for one, unit in every if unit in reach for other, _ in every if other != one][:4]
    return foreign


def others_incidents(person, path):
    """Cases somebody without any role has no part in; the numbers of what stands in them are guessed along."""
    if not person.id or person.kinds - {'clerk'}:
        return []
    if path.startswith('/incidents/contacts'):
        return [{'id': one} for one, in person.body.ask('SELECT id FROM incident_contact LIMIT 2')]
    within = {'affected': 'incident_affected', 'evidence': 'incident_evidence', 'link': 'incident_link', 'outside': 'incident_outside', 'task': 'incident_task'}
    found = []
    for one, in person.body.ask(f'SELECT id FROM incident_case WHERE reporter <> {person.id} AND entered_by <> {person.id} '
                                f'AND id NOT IN (SELECT incident FROM incident_task WHERE assignee = {person.id}) LIMIT 2'):
        found.append({'id': one, 'form': '11-1', **{name: person.body.one(f'SELECT max(id) FROM {table} WHERE incident = ?', one) or 1 for name, table in within.items()}})
    return found


def reconciliations(person, path):
    return [{'id': run if '/runs/' in path else one, 'code': code, 'side': 'left', 'file': 'x', 'what': 'left'} for code, run, one in person.body.ask(
        'SELECT d.code, d.first_run, d.id FROM reconcile_difference d ORDER BY d.id LIMIT 3')]


FOREIGN = {
    'body': lambda person, method, path: [],  # nothing in this body is anybody's; another body's is tried below
    'clause': lambda person, method, path: [],   # roles, tried in assure_test
    'finding': lambda person, method, path: [],  # the same
    'version': lambda person, method, path: [],  # tried in enact_test
    'delegation': lambda person, method, path: [{'id': one} for one, in person.body.ask(
        f'SELECT d.id FROM people_delegation d WHERE NOT EXISTS (SELECT 1 FROM people_assignment a WHERE a.post = d.post AND a.person = {person.id}) LIMIT 3')],
    'card': lambda person, method, path: [{'id': one} for one, in person.body.ask(
        f'SELECT id FROM signin_card WHERE person IN ({marks(others_people(person))}) LIMIT 3')],
    'card-holder': lambda person, method, path: [{'id': one} for one in others_people(person)[:4]],
    'review': lambda person, method, path: [{'unit': one} for one, in person.body.ask(
        f"SELECT id FROM people_unit WHERE kind = 'section' AND id NOT IN ({marks(person.role_units)}) "
        'ORDER BY id NOT IN (SELECT unit FROM access_review) LIMIT 3')]
        if method == 'POST' or not ({'body', 'auditor', 'operator'} & person.kinds) else [],
    'occurrence': lambda person, method, path: [] if {'body', 'auditor', 'operator'} & person.kinds else [{'id': one} for one, in person.body.ask(
        f'SELECT id FROM duty_occurrence WHERE unit <> 0 AND unit NOT IN ({marks(person.role_units)}) AND coalesce(person, 0) <> {person.id} '
        f'AND coalesce(handed, 0) <> {person.id} LIMIT 3')],
    'reconcile': lambda person, method, path: [] if {'body', 'auditor'} & person.kinds else reconciliations(person, path),
    'reconcile-own': lambda person, method, path: [] if 'body' in person.kinds else reconciliations(person, path),
    'check-run': lambda person, method, path: [] if person.kinds - {'clerk'} else [{'id': one} for one, in person.body.ask(
        'SELECT id FROM check_campaign LIMIT 4')],  # nobody without a role of the checklist runs one; which roles do is check_test's
    'check-sheet': lambda person, method, path: [{'sheet': one} for one, in person.body.ask(
        f'SELECT id FROM check_sheet WHERE person <> {person.id} AND unit NOT IN ({marks(person.role_units)}) LIMIT 4')],
    'check-own': lambda person, method, path: [{'sheet': one, 'id': improvement} for one, improvement in person.body.ask(
        f"SELECT s.id, a.id FROM check_sheet s JOIN check_answer a ON a.sheet = s.id WHERE s.person <> {person.id} AND a.answer = 'no' LIMIT 4")],
    'audit': lambda person, method, path: [] if audits_seen(person) else audit_objects(person, path),
    'audit-unit': lambda person, method, path: [] if audits_seen(person) else audit_objects(person, path),
    'contract': lambda person, method, path: others_contracts(person, path),
    'system': lambda person, method, path: others_systems(person, method, path),
    'transfer': lambda person, method, path: [{'id': one} for one, in person.body.ask(
        'SELECT id FROM transfer_list' + (f' WHERE asked_by = {person.id} OR changed_by = {person.id}' if person.edits_people else ''))
        if method == 'POST' or not person.edits_people],  # who keeps them sees them all, and decides none that they touched
    'recovery': lambda person, method, path: [{'id': one} for one, in person.body.ask(
        f'SELECT id FROM signin_recovery WHERE person <> {person.id}' + (f' AND asked_by = {person.id}' if person.recovers else ''))
        if path.endswith('/agree') or not (person.recovers or (method == 'GET' and {'body', 'auditor', 'operator'} & person.kinds))],  # who asked may also take it back
    'thing': lambda person, method, path: [{'id': one} for one, in things_beyond(person, method)],
    'stock-take': lambda person, method, path: [{'id': one} for one, in takes_beyond(person, method)],
    'self': lambda person, method, path: [{'session': one} for one, in person.body.ask(
        f'SELECT id FROM people_session WHERE person <> {person.id} AND ended IS NULL LIMIT 4')],
    'course-try': lambda person, method, path: [{'id': one} for one, in person.body.ask(
        f'SELECT t.id FROM training_try t JOIN training_enrolment e ON e.id = t.enrolment WHERE e.person <> {person.id} LIMIT 4')],
    'entrance': lambda person, method, path: others_rooms(person, method, path),
    'tablet': lambda person, method, path: [],  # no person's; entrance.mjs tries without a token, and with a stopped one
    'token': lambda person, method, path: [],  # open to whoever has the link; training_test.c tries made-up ones
    'dossier': lambda person, method, path: [{'id': one} for one in unseen(person)],
    'dossier-own': lambda person, method, path: [{'id': one} for one in not_applied(person)],
    'dossier-decide': lambda person, method, path: [{'id': one} for one in unseen(person) + mine_waiting(person)],
    'permit': lambda person, method, path: [{'id': one} for one in permits(person, unseen(person, 'AND EXISTS (SELECT 1 FROM flow_permit p WHERE p.dossier = d.id)'))],
    'permit-own': lambda person, method, path: [{'id': one} for one in permits(person, not_applied(person))],
    'permit-unit': lambda person, method, path: [{'id': one} for one in other_units_permits(person)],
    'ledger': lambda person, method, path: [{'code': ledger, 'id': one} for ledger, one in rows_beyond(person, method, path)],
    **{rule: lambda person, method, path: others_incidents(person, path)
       for rule in ('incident', 'incident-write', 'incident-lead', 'incident-close', 'incident-mine')},
    'deputy': lambda person, method, path: [] if person.edits_people else [{'id': one} for one, in person.body.ask(
        f'SELECT id FROM people_deputy WHERE deputy <> {person.id} AND absent <> {person.id} LIMIT 3')],
    'upload': lambda person, method, path: [{'file': one, 'code': 'asset'} for name, one in uploads if name != person.name],
}
uploads = []


def form(body, rule, captures):
    """A form as the owner would send it, so that only whose it is can be what refuses it."""
    fields = {'words': 'x', 'reason': 'x', 'why': 'x', 'result': 'x', 'what': 'x', 'change': '0', 'last': time.strftime('%Y-%m-%d'), 'day': '2099-12-31', 'until': '2099-12-31',
              'granted': 'yes', 'verdict': 'permit', 'digest': '0' * 64, 'serial': 'x', 'do': 'next'}
    dossier = captures.get('id')
    if rule.startswith('permit'):
        dossier = body.one('SELECT dossier FROM flow_permit WHERE id = ?', dossier)
        fields['asset'] = body.one('SELECT asset FROM flow_chosen WHERE dossier = ?', dossier) or 0
        fields['outing'] = body.one('SELECT id FROM flow_outing WHERE permit = ? ORDER BY back IS NOT NULL', captures['id']) or 0
    if rule.startswith(('dossier', 'permit')):
        fields['change'] = body.one('SELECT change FROM flow_dossier WHERE id = ?', dossier)
        fields['step'] = body.one("SELECT id FROM flow_step WHERE dossier = ? ORDER BY state <> 'open'", dossier) or 0
        fields['digest'] = (body.one('SELECT digest FROM flow_dossier WHERE id = ?', dossier) or bytes(32)).hex()
    if rule == 'transfer':
        fields['change'] = body.one('SELECT change FROM transfer_list WHERE id = ?', captures['id'])
    if rule == 'card':
        fields['reason'] = 'lost'
    if rule == 'system' and 'account' in captures:
        fields['change'] = body.one('SELECT change FROM access_account WHERE id = ?', captures['account']) or 0
        fields['kind'] = 'unknown'
    if rule == 'ledger':
        fields['revision'] = body.one('SELECT revision FROM ledger_row WHERE id = ?', captures['id'])
    return fields


# ---- Saying it ----

count = failures = 0


def promise(name, faults, tried=1):
    global count, failures
    count += 1
    if tried == 0:
        faults = ['nothing was tried']
    failures += bool(faults)
    print(f"{'not ok' if faults else 'ok'} {count} - {name}", flush=True)
    for one in faults[:30]:
        print(f'# {one}')
    if len(faults) > 30:
        print(f'# and {len(faults) - 30} more')
    if not faults and tried > 1:
        print(f'# {tried} tries')


def address(pattern, captures):
    return re.sub(r'\{(\w+)(?::\w+)?\}', lambda found: str(captures.get(found.group(1), '999999')), pattern)


def is_for(person, allowed):
    return bool(person.kinds & allowed)


def send_file(person, path, file, **more):
    boundary = 'walk'
    parts = [('csrf', None, person.visitor.csrf), *((name, None, value) for name, value in more.items()), ('file', 'x.csv', file)]
    content = ''.join(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"' + (f'; filename="{given}"' if given else '') +
                      f'\r\n\r\n{value}\r\n' for name, given, value in parts) + f'--{boundary}--\r\n'
    return person.visitor.send('POST', path, content.encode(), {'Content-Type': f'multipart/form-data; boundary={boundary}'})


def upload(person, path, file='職員番号,氏名\n1,試\n'):
    status, text, where = send_file(person, path, file, kind='staff')
    found = re.search(r'/import/([^/?#"]+)', where) or re.search(r'/import/([0-9A-Za-z_-]{16,})', text)
    if found:
        uploads.append((person.name, found.group(1)))
    return status


def plain_logins(body):
    """Of people with nothing but a post, who can sign in, the newest first: the demonstration's own are the oldest."""
    return [one for one, in body.ask(
        "SELECT a.login FROM people_account a JOIN people_person q ON q.id = a.id WHERE a.login GLOB '[0-9]*' AND a.is_closed = 0 AND q.until IS NULL "
        'AND EXISTS (SELECT 1 FROM people_assignment s WHERE s.person = a.id AND s.until IS NULL) '
        'AND NOT EXISTS (SELECT 1 FROM people_post_role r JOIN people_assignment x ON x.post = r.post WHERE x.person = a.id) ORDER BY a.id')]


def contractors_worker(here, operator):
    """Of a firm, under an engagement the body agreed to and a pledge of secrecy; the demonstration gives them a post and no account."""
    day, login, password = int((time.time() + 9 * 3600) // 86400), 'itaku', 'Numa-3biki-kaeru-to-ame'
    worker = here.one("SELECT p.id FROM people_person p JOIN people_worker w ON w.person = p.id JOIN people_engagement e ON e.id = w.engagement "
                      "WHERE p.employment = 'contractor' AND w.since <= ?1 AND w.until >= ?1 AND w.pledged <= w.since AND e.agreed <= e.since "
                      'AND EXISTS (SELECT 1 FROM people_assignment a WHERE a.person = p.id AND a.since <= ?1 AND a.until >= ?1) LIMIT 1', day)
    text = operator.visitor.send('POST', f'/people/{worker}/account/open', {'login': login})[1]
    given = re.search(r'<dt>仮パスワード</dt><dd><code[^>]*>([^<]+)</code>', text)
    visitor = Visitor(here, login, given.group(1) if given else '')
    visitor.csrf = (re.search(r'name="csrf" value="([0-9a-f]+)"', visitor.send('GET', '/password')[1]) or [None, ''])[1]
    status = visitor.send('POST', '/password', {'present': visitor.password, 'password': password, 'again': password})[0]
    person = Person(here, 'contractor', login, password)
    promise('a contractor\'s worker with an engagement and a pledge signs in, and is a clerk by the table',
            [] if status == 303 and person.visitor.is_in and person.kinds == {'clerk'} else [f'{worker} {status} {sorted(person.kinds)}'])
    return person


def objects_to_guess_at(here, people, card):
    """What the demonstration body has none of: a list of transfers, a card, a list of accounts on its way in."""
    operator = next(one for one in people if one.name == 'operator')
    for name, login in (('people', 'shokuin'), ('operator', 'dairi')):
        person = next(one for one in people if one.name == name)
        number = here.one('SELECT p.number FROM people_account a JOIN people_person p ON p.id = a.id WHERE a.login = ?', login)
        send_file(person, '/transfers', f'職員番号,区分\n{number},退職\n', title=f'walk {name}', day='2099-03-31')
    login = plain_logins(here)[0]
    owner, number = here.ask('SELECT a.id, p.number FROM people_account a JOIN people_person p ON p.id = a.id WHERE a.login = ?', login)[0]
    send_file(operator, f'/people/{owner}/cards', card)
    head = next(one for one in people if one.name == 'head')
    head.visitor.send('POST', '/recoveries', {'login': login, 'person': owner, 'number': number, 'reason': 'lost', 'removes': 'yes'})
    for person in people:
        units = marks(person.role_units | person.grant_units)
        for one, in here.ask(f"SELECT id FROM ledger_row WHERE ledger = 'system' AND owner IN ({units}) AND is_retired = 0 LIMIT 1"):
            upload(person, f'/systems/{one}/import', 'ユーザーID,職員番号,状態\nwalk,,有効\n')
    wanted = ('people_delegation', 'signin_card', 'signin_recovery', 'transfer_list', 'access_account', 'access_review', 'people_deputy', 'check_sheet', 'check_answer')
    promise('there is something of others to guess at for every rule',
            [f'{table} is empty' for table in wanted if not here.one(f'SELECT count(*) FROM {table}')] +
            ([] if len({name for name, _ in uploads}) > 1 else [f'uploads of {uploads}']))


# ---- The walk ----

def walk_rights(people):
    for person in people:
        lacking, having, tried = [], [], 0
        # What changes without an object comes last, so that nobody is signed out on the way.
        rows = sorted(ROWS, key=lambda row: (row[0] == 'POST' and '{' not in row[1], row[1] in ('/sign-out', '/password', '/privileges/end')))
        for method, pattern, right, rule, allowed in rows:
            path = address(pattern, {'code': 'asset', 'form': '2'})
            if person.name == 'nobody' and right == 'public':
                continue
            tried += 1
            before = person.body.entries()
            status, text, where = person.visitor.send(method, path)
            if status == 303 and where.startswith('/sign-in') and person.id and is_for(person, allowed) and pattern != '/sign-out':
                person.visitor.sign_in()
                before = person.body.entries()
                status, text, where = person.visitor.send(method, path)
            if status >= 500 and status != 503:
                having.append(f'{method} {path}: {status}')
            if is_for(person, allowed):
                if NOT_YOURS in text or (where.startswith('/sign-in') and pattern not in ('/sign-in', '/sign-out', '/language')):
                    having.append(f'{method} {path} ({right}): {status} {where}, but the table lets {sorted(person.kinds)} in')
                continue
            if person.id == 0:
                if where.startswith(f'https://127.0.0.1:{person.body.card_port}/'):  # the door for cards must say the same
                    status, text, where = Visitor(person.body, port=person.body.card_port).send(method, path)
                    where = re.sub(r'^https://127\.0\.0\.1:\d+', '', where)
                if status != 303 or not where.startswith('/sign-in'):
                    lacking.append(f'{method} {path} ({right}): {status} for nobody')
            elif status != 403 or NOT_YOURS not in text:
                lacking.append(f'{method} {path} ({right}): {status}, but the table keeps {sorted(person.kinds)} out')
            if person.body.entries() != before:
                lacking.append(f'{method} {path}: left an entry though it was refused')
        promise(f'{person.name}: what the table refuses is refused, and leaves no entry', lacking, tried)
        promise(f'{person.name}: what the table allows is not refused for want of a right', having, tried)
        if person.id:
            person.visitor.sign_in()


def walk_objects(people):
    unknown = sorted({row[3] for row in ROWS if row[3]} - set(FOREIGN))
    promise('every object rule of the table has foreign objects to try',
            [f'rule "{rule}": add what is foreign under it to FOREIGN in tests/rights_walk.py' for rule in unknown])
    tries = dict.fromkeys(set(FOREIGN) - {'body', 'clause', 'finding', 'version', 'token', 'tablet'}, 0)
    for person in people:
        faults, tried = [], 0
        for method, pattern, right, rule, allowed in ROWS:
            if not rule or rule in unknown or not is_for(person, allowed) or right == 'public':
                continue
            for captures in FOREIGN[rule](person, method, pattern):
                tried += 1
                tries[rule] += 1
                path = address(pattern, {'form': '2', 'digest': 'a' * 64, **captures})
                before = person.body.entries()
                if (method, pattern) == ('POST', '/systems/{id}/import'):
                    status, text, where = send_file(person, path, 'ユーザーID,職員番号\nwalk,\n')
                else:
                    status, text, where = person.visitor.send(method, path, form(person.body, rule, captures))
                if status not in (403, 404):
                    faults.append(f'{method} {path} ({rule}): {status} {where} for {person.name} {sorted(person.kinds)}')
                if person.body.entries() != before:
                    faults.append(f'{method} {path} ({rule}): left an entry')
        if person.id:
            promise(f'{person.name}: other people\'s objects are neither shown nor changed by guessing their numbers', faults, tried)
    promise('every object rule was tried on somebody', [f'{rule}: nothing foreign was found' for rule, many in sorted(tries.items()) if many == 0])


def own_objects(people):
    """That the refusals above are about whose it is: one's own opens."""
    faults, tried = [], 0
    for person in people:
        for one, in person.body.ask(f'SELECT max(id) FROM flow_dossier WHERE applicant = {person.id} GROUP BY state'):
            tried += 1
            status = person.visitor.send('GET', f'/dossiers/{one}')[0]
            if status != 200:
                faults.append(f'/dossiers/{one} of {person.name} themself: {status}')
        for ledger, one in person.body.ask(f'SELECT ledger, max(id) FROM ledger_row WHERE owner IN ({marks(person.post_units)}) GROUP BY ledger'):
            tried += 1
            status = person.visitor.send('GET', f'/ledger/{ledger}/{one}')[0]
            if status != 200:
                faults.append(f'/ledger/{ledger}/{one} of the unit of {person.name}: {status}')
    promise('one\'s own dossiers and the rows of one\'s own unit open', faults, tried)


def another_body(here, there, clerk):
    stranger = Visitor(there, 'shokuin')
    status, _, where = Visitor(here, cookies=stranger.cookies).send('GET', '/account')
    promise('a session of another body is nobody\'s here', [] if status == 303 and where.startswith('/sign-in') else [f'{status} {where}'])
    faults, tried = [], 0
    for table, path in (('flow_dossier', '/dossiers/{}'), ('flow_permit', '/permits/{}'), ('people_person', '/people/{}'), ('people_unit', '/units/{}')):
        ours = {one for one, in here.ask(f'SELECT id FROM {table}')}
        for one, in there.ask(f'SELECT id FROM {table} ORDER BY id DESC LIMIT 40'):
            if one in ours:
                continue
            tried += 1
            status = clerk.visitor.send('GET', path.format(one))[0]
            faults += [] if status == 404 else [f'{path.format(one)}: {status}']
    for one, in there.ask('SELECT max(id) + 1000 FROM flow_dossier'):
        for path in (f'/dossiers/{one}', f'/dossiers/{one}/paper/2', f'/permits/{one}', f'/ledger/asset/{one}'):
            tried += 1
            status = clerk.visitor.send('GET', path)[0]
            faults += [] if status == 404 else [f'{path}: {status}']
    promise('numbers that exist in another body only find nothing', faults, tried)
    csrf = Visitor(here, 'shokuin')
    csrf.csrf = stranger.csrf
    before = here.entries()
    status = csrf.send('POST', '/account/language', {'language': 'en'})[0]
    promise('a form\'s token of another body is refused', [] if status == 403 and here.entries() == before else [str(status)])


def expired_permit(body, login_of):
    faults, tried = [], 0
    for permit, person in body.ask("SELECT p.id, coalesce(p.holder, d.applicant) FROM flow_permit p JOIN flow_dossier d ON d.id = p.dossier "
                                   "WHERE p.state IN ('expired', 'used-up', 'given-up', 'revoked') ORDER BY p.id DESC LIMIT 4"):
        login = login_of(person)
        if login is None:
            continue
        visitor = Visitor(body, login)
        if not visitor.is_in:
            continue
        for act in ('out', 'extend'):
            tried += 1
            before = body.entries()
            status = visitor.send('POST', f'/permits/{permit}/{act}', {'words': 'x', 'until': '2099-12-31', 'reason': 'x'})[0]
            if status == 303 or status == 200 or body.entries() != before:
                faults.append(f'/permits/{permit}/{act} of {login}: {status}')
    promise('a permit that has run out lets nothing out, not even for its holder', faults, tried)


def attacks(body):
    fixed = 'ab' * 32
    planted = Visitor(body, cookies={SESSION: fixed, DEVICE: fixed})
    planted.login = 'dairi'
    planted.sign_in()
    faults = [] if planted.is_in else ['could not sign in']
    faults += ['the planted session is used'] if planted.cookies.get(SESSION) == fixed else []
    faults += ['the planted device cookie is used'] if planted.cookies.get(DEVICE) == fixed else []
    status, _, where = Visitor(body, cookies={SESSION: fixed}).send('GET', '/account')
    faults += [] if status == 303 and where.startswith('/sign-in') else ['the planted token opens']
    promise('fixation: a token the visitor brings is never a session', faults)

    old = dict(planted.cookies)
    status = planted.send('POST', '/sign-out')[0]
    status, _, where = Visitor(body, cookies=old).send('GET', '/account')
    promise('replay: a token after signing out opens nothing', [] if status == 303 and where.startswith('/sign-in') else [f'{status} {where}'])

    victim, wrong = plain_logins(body)[1], 0
    known = Visitor(body, victim)
    for at in range(8):
        wrong += Visitor(body).send('POST', '/sign-in', {'login': victim, 'password': f'wrong {at}'})[0] != 303
    stranger = Visitor(body, victim)
    again = Visitor(body, victim, cookies={name: value for name, value in known.cookies.items() if name == DEVICE})
    faults = [] if wrong == 8 else ['a wrong password opened']
    faults += ['a stranger with the right password got in while locked'] if stranger.is_in else []
    faults += [] if again.is_in else ['the browser that the owner uses was locked out as well']
    promise('guess: a locked account lets its owner in from the browser they use, and strangers not', faults)

    statuses = [Visitor(body).send('POST', '/sign-in', {'login': f'nobody{at}', 'password': 'x'})[0] for at in range(40)]
    faults = [] if 403 in statuses[20:] else [f'40 guesses from one address all answered {set(statuses)}']
    unknown = Visitor(body, plain_logins(body)[2])
    faults += ['a browser nobody knows got in from an address that guesses'] if unknown.is_in else []
    again = Visitor(body, victim, cookies={name: value for name, value in known.cookies.items() if name == DEVICE})
    faults += [] if again.is_in else ['who is known behind that address was kept out']
    promise('guess: an address that guesses at names waits, and whoever is known behind it does not', faults)

    statuses = [Visitor(body).send('POST', '/sign-in', {'login': f'nobody{at}', 'password': 'x'}, {'X-Forwarded-For': f'192.0.2.{at}'})[0]
                for at in range(40)]
    promise('guess: a forged X-Forwarded-For is no other address', [] if statuses.count(403) > 20 else [str(statuses)])


def breached_password(body):
    chosen = 'Kumo-ga-7tsu-mado-no-soto'
    with open(os.path.join(os.path.dirname(body.store), 'breached-passwords.txt'), 'w') as list_:
        for one in sorted(hashlib.sha1(f'{chosen}{at or ""}'.encode()).hexdigest().upper() for at in range(5000)):
            list_.write(f'{one}:3\r\n')
    visitor = Visitor(body, plain_logins(body)[3])
    fields = {'present': PASSWORD, 'password': chosen, 'again': chosen}
    status, text, _ = visitor.send('POST', '/password', fields)
    faults = [] if status == 422 and '漏れたパスワード' in text else [f'{status}']
    status = visitor.send('POST', '/password', {**fields, 'password': chosen + 'x', 'again': chosen + 'x'})[0]
    promise('a password in the list that the operator laid there is refused, another is taken', faults + ([] if status == 303 else [f'then {status}']))


def main():
    promise('the table is there', [] if len(ROWS) > 100 and len(KINDS) > 8 else [f'{len(ROWS)} lines, {len(KINDS)} kinds'])
    folder, card = card_folder()
    here = Body('here', 7, 110, folder)  # as many as it takes for systems and their accounts
    there = Body('there', 11)
    login_of = lambda person: here.one('SELECT login FROM people_account WHERE id = ? AND is_closed = 0', person)
    taken = [here.one('SELECT id FROM people_account WHERE login = ?', one) for one in ('shokuin', 'kacho', 'dairi', 'ciso', 'system', 'kansa')]
    clerks = here.ask(f"SELECT a.login, p.unit FROM people_account a JOIN people_assignment s ON s.person = a.id JOIN people_post p ON p.id = s.post "
                      f"WHERE a.id NOT IN ({marks(taken)}) AND a.is_closed = 0 AND s.until IS NULL "
                      f"AND NOT EXISTS (SELECT 1 FROM people_post_role r JOIN people_assignment x ON x.post = r.post WHERE x.person = a.id) "
                      f"AND EXISTS (SELECT 1 FROM people_person q WHERE q.id = a.id AND q.until IS NULL) ORDER BY a.id DESC LIMIT 2")
    bureau = here.one("SELECT a.login FROM people_account a JOIN people_assignment s ON s.person = a.id JOIN people_post_role r ON r.post = s.post "
                      "WHERE r.role = 'responsible' AND s.until IS NULL AND a.id NOT IN (SELECT x.person FROM people_assignment x JOIN people_post_role y "
                      "ON y.post = x.post WHERE y.role IN ('chief', 'ciso', 'mayor')) ORDER BY a.id LIMIT 1")
    operator = Person(here, 'operator', 'system')
    for login, kind, unit in ((clerks[0][0], 'people', ''), (clerks[1][0], 'ledger', clerks[1][1])):
        person = here.one('SELECT id FROM people_account WHERE login = ?', login)
        operator.visitor.send('POST', f'/people/{person}/account/grants', {'kind': kind, 'unit': str(unit)})
    people = [Person(here, 'nobody', None), Person(here, 'clerk', 'shokuin'), Person(here, 'head', 'kacho'), Person(here, 'deputy', 'dairi'),
              Person(here, 'bureau', bureau), Person(here, 'ciso', 'ciso'), Person(here, 'auditor', 'kansa'),
              Person(here, 'ledger', clerks[1][0]), Person(here, 'people', clerks[0][0]), operator, contractors_worker(here, operator)]
    missing = {'clerk', 'head', 'system', 'bureau', 'body', 'auditor', 'ledger', 'people', 'operator', 'nobody'} - set().union(*(one.kinds for one in people))
    promise('every kind of person of the table but the one who left is among those who walk',
            [f'nobody is {kind}' for kind in sorted(missing)] + [f'{kind} is new: add a person to main()' for kind in set(KINDS) - {
                'nobody', 'left', 'clerk', 'head', 'system', 'bureau', 'body', 'auditor', 'ledger', 'people', 'operator'}])
    promise('who holds a privilege opens time to use it, others have none to open',
            [one.name for one in people if one.id and one.visitor.has_window != bool({'operator', 'people'} & one.kinds)], len(people))
    gone = here.one("SELECT a.login FROM people_account a JOIN people_person p ON p.id = a.id WHERE p.until IS NOT NULL AND p.until < ? AND a.login GLOB '[0-9]*'",
                    int(time.time() // 86400))
    promise('who has left cannot sign in', [] if gone is None or not Visitor(here, gone).is_in else [f'{gone} signed in'])
    upload(operator, '/people/import')
    for person in people:
        if person.name == 'head':
            upload(person, '/ledger/asset/import')
    objects_to_guess_at(here, people, card)
    own_objects(people)
    wanted = os.environ.get('WALK', '').split(',')  # WALK=clerk,head: only these, while one works on a page
    walking = [one for one in people if one.name in wanted] or people
    walk_objects(walking)
    another_body(here, there, people[1])
    expired_permit(here, login_of)
    walk_rights(walking)
    breached_password(here)
    attacks(here)
    verify = subprocess.run([f'{programs}/bansho', 'verify', '--data', here.data], capture_output=True, text=True)
    promise('the journal verifies after all that', [] if verify.returncode == 0 else verify.stdout.splitlines()[:10])
    for body in (here, there):
        with open(body.log.name) as said:
            broken = [line.strip() for line in said if 'error ' in line]
        promise(f'nothing broke in the server of {os.path.basename(body.data)}', broken)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started ends with us
try:
    main()
finally:
    for process in running:
        process.terminate()
    for process in running:
        process.wait()
    if os.environ.get('KEEP'):
        print(f'# kept: {work}')
    else:
        shutil.rmtree(work, ignore_errors=True)
print(f'1..{count}')
sys.exit(1 if failures else 0)
