"""Term tests: `*.terms.yaml` files, judged here, collected by pytest or by `evalkit terms test`.

This room stands beside `api` and may use `run` and what is below it.
"""
