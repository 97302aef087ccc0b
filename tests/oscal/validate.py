#!/usr/bin/env python3
"""Holds OSCAL documents against NIST's schema with python3-jsonschema, and against what NIST's
metaschemas ask beyond it. usage: validate.py SCHEMA FILE...; exit status 1 and a line per fault.

Patterns of the schema are ECMAScript's with \\p{L}, which Python's own re does not know; the module regex
does. `$` in them must not match before a last line feed, as it would in Python."""
import json, sys
import jsonschema, regex

UNIQUE = ('uuid',)

def pattern(validator, patrn, instance, schema):
    if validator.is_type(instance, 'string'):
        strict = patrn[:-1] + r'\Z' if patrn.endswith('$') else patrn
        if not regex.search(strict, instance):
            yield jsonschema.ValidationError(f'{instance!r} does not match {patrn!r}')

Checker = jsonschema.validators.extend(jsonschema.Draft7Validator, {'pattern': pattern})

def each(value, path=''):
    if isinstance(value, dict):
        yield path, value
        for key, below in value.items():
            yield from each(below, f'{path}.{key}')
    elif isinstance(value, list):
        for at, below in enumerate(value):
            yield from each(below, f'{path}[{at}]')

def links(document):
    """Every "#id" leads somewhere inside the document, when what it names is ours to hold."""
    names = {o.get('id') for _, o in each(document)} | {o.get('uuid') for _, o in each(document)}
    for path, o in each(document):
        href = o.get('href')
        if isinstance(href, str) and href.startswith('#') and href[1:] not in names:
            yield f'{path}.href: nothing is called {href}'

def twice(document):
    """UUIDs and ids are used once (a uuid that refers has another key, like actor-uuid)."""
    for key in ('uuid', 'id'):
        seen = {}
        for path, o in each(document):
            if key not in o or (key == 'id' and '.metadata' in path):
                continue
            # The tool is described in one place and used in another: the same uuid on purpose.
            if o[key] in seen:
                yield f'{path}.{key}: as in {seen[o[key]]}: {o[key]}'
            seen.setdefault(o[key], path)

def statements(document):
    """NIST: every control has a statement unless it is withdrawn; parts of a statement are items."""
    for path, o in each(document.get('catalog', {})):
        if regex.search(r'\.controls\[\d+\]$', path):
            withdrawn = any(p['name'] == 'status' and p['value'].lower() == 'withdrawn' for p in o.get('props', []))
            if not withdrawn and not any(p['name'] == 'statement' for p in o.get('parts', [])):
                yield f'{path}: a control without a statement'
        if o.get('name') == 'statement':
            for part in o.get('parts', []):
                if part['name'] != 'item' and 'ns' not in part:
                    yield f'{path}: a part of a statement that is no item'

def check(schema, name):
    document = json.load(open(name))
    faults = []
    top = next(iter(k for k in document if k != '$schema'))
    known = [o for o in schema['oneOf'] if top in o['properties']]
    if not known:
        return [f'unknown model {top}']
    # The branch of that model, so that a fault is told where it stands.
    branch = {**schema, **known[0]}
    branch.pop('oneOf')
    for e in Checker(branch).iter_errors(document):
        faults.append('/'.join(map(str, e.absolute_path)) + ': ' + e.message[:300])
    if not faults and not Checker(schema).is_valid(document):
        faults.append('not valid against the whole schema')
    return faults + list(links(document)) + list(twice(document)) + list(statements(document))

schema = json.load(open(sys.argv[1]))
failed = False
for name in sys.argv[2:]:
    for fault in check(schema, name)[:20]:
        failed = True
        print(f'{name}: {fault}')
sys.exit(failed)
