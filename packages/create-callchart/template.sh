# Lays out what a new bot is made of: the front desk of examples/, and the files around it.
set -eu
example=../../examples/front-desk
cp -R template dist/template
cp -R "$example/chart.ts" "$example/chart.test.ts" "$example/property.test.ts" "$example/prompts" dist/template/
cp ../../LICENSE .
