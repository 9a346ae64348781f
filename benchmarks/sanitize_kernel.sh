#!/usr/bin/env bash
# Runs the kernel over made-up and hostile texts under AddressSanitizer and UndefinedBehaviorSanitizer and, with the
# word `valgrind` behind it, under valgrind. Silence and "clean" is what to hope for.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python benchmarks/fuzz_kernel.py --segments "${SEGMENTS:-100000}" --seconds 3600 --seed "${SEED:-11}" \
    --save "$folder/texts.jsonl"
python benchmarks/kernel_batches.py "$folder/texts.jsonl" "$folder/batches.bin"
warnings="-Wall -Wextra -Wconversion -Wshadow -Werror"
# shellcheck disable=SC2086
cc -std=c11 $warnings -g -O1 -ffp-contract=off -fsanitize=address,undefined -fno-sanitize-recover=all \
    -fno-omit-frame-pointer benchmarks/kernel_driver.c evalkit/kernel/c/*.c -lm -o "$folder/sanitized"
"$folder/sanitized" "$folder/batches.bin"
echo "AddressSanitizer, UndefinedBehaviorSanitizer: clean"
if [ "${1:-}" = valgrind ]; then
    cc -std=c11 -g -O1 -ffp-contract=off benchmarks/kernel_driver.c evalkit/kernel/c/*.c -lm -o "$folder/plain"
    valgrind --quiet --error-exitcode=1 --leak-check=full "$folder/plain" "$folder/batches.bin" "${BATCHES:-400}"
    echo "valgrind: clean"
fi
