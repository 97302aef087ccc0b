#!/usr/bin/env python3
"""Makes another catalog of one, as somebody else's editor would. usage: edit.py HOW FROM TO"""
import json, sys

how, source, target = sys.argv[1:]
document = json.load(open(source))
catalog = document['catalog']

def controls(value):
    for control in value.get('controls', []):
        yield control
        yield from controls(control)
    for group in value.get('groups', []):
        yield from controls(group)

def statement(control):
    return next(p for p in control['parts'] if p['name'] == 'statement')

def is_file(resource):
    return any(p['name'] == 'type' and p['value'] == 'pack-file' for p in resource.get('props', []))

if how == 'strip':  # without the files it carried
    kept = [r for r in catalog['back-matter']['resources'] if not is_file(r)]
    catalog['back-matter']['resources'] = kept
    if not kept:
        del catalog['back-matter']
elif how == 'reword':  # one duty says something else
    duty = next(c for c in controls(catalog) if c['class'] == 'duty')
    statement(duty)['prose'] = 'すべての機関は、この基準を*必ず*守る。'
elif how == 'add':  # a control of somebody else's, without anything of ours
    above = next(c for c in controls(catalog) if c['class'] == 'duty')
    above.setdefault('controls', []).append({
        'id': 'added-1', 'title': '加えた条項', 'parts': [{'name': 'statement', 'id': 'added-1_smt', 'prose': '加えた義務を果たす。'}]})
elif how == 'prop':  # a property nobody here knows
    next(controls(catalog)).setdefault('props', []).append({'name': 'reviewed-by', 'ns': 'urn:example:other', 'value': 'somebody'})
elif how == 'rename':  # a role is called otherwise
    catalog['metadata']['roles'][0]['title'] = '改めた役割の名前'
elif how == 'bytes':  # a file inside is not what its hash says
    resource = next(r for r in catalog['back-matter']['resources'] if is_file(r) and 'base64' in r)
    resource['base64']['value'] = 'aGVsbG8='
elif how == 'leave':  # a file inside would leave the folder
    resource = next(r for r in catalog['back-matter']['resources'] if is_file(r))
    next(p for p in resource['props'] if p['name'] == 'path')['value'] = '../outside.yaml'
elif how == 'type':  # a title that is no text
    catalog['groups'][0]['title'] = 7
elif how == 'twice':  # two controls of one id
    duty = next(c for c in controls(catalog) if c['class'] == 'duty')
    catalog.setdefault('controls', []).append(json.loads(json.dumps(duty)))
elif how == 'essence':  # what must be the same after a round trip without the files
    for key in ('uuid', 'back-matter'):
        catalog.pop(key, None)
    catalog['metadata'].pop('last-modified')
    catalog['metadata']['props'] = [p for p in catalog['metadata']['props'] if p['name'] != 'pack-digest']
    def forget_links(value):
        if isinstance(value, dict):
            # Links to forms: there are no forms without their files.
            value['links'] = [l for l in value.get('links', []) if not l['href'].startswith('#') or '.' in l['href']]
            for below in value.values():
                forget_links(below)
        elif isinstance(value, list):
            for below in value:
                forget_links(below)
    forget_links(catalog)
else:
    sys.exit('unknown: ' + how)
json.dump(document, open(target, 'w'), ensure_ascii=False, indent=1, sort_keys=True)
