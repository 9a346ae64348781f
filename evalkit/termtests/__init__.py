"""Term tests: `*.terms.yaml` files, judged here, collected by pytest or by `evalkit terms test`."""
