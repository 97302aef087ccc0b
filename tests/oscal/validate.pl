#!/usr/bin/env perl
# The same schema by another validator: JSON::Validator (libjson-validator-perl), whose regular expressions
# know \p{L}. usage: validate.pl SCHEMA FILE...
use strict;
use warnings;
use Mojo::File 'path';
use Mojo::JSON 'decode_json';
use JSON::Validator;

my ($schema, @files) = @ARGV;
my $data = decode_json(path($schema)->slurp);
my $failed = 0;
for my $file (@files) {
	my $document = decode_json(path($file)->slurp);
	my @faults = JSON::Validator->new->schema($data)->validate($document);
	print "$file: $_\n" for @faults[0 .. ($#faults < 19 ? $#faults : 19)];
	$failed ||= @faults > 0;
}
exit $failed;
