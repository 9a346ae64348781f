"""Makes small models with random weights, in the environment of their family: what `benchmarks/model_metrics.py` runs.

python make_tiny.py comet FOLDER
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
SEED = 20
TEXTS = [
    "The council of the northern town opened a new bridge over the river on Monday.",
    "Farmers and fishermen asked for a lower fee; the mayor answered in the evening.",
    "Der Rat der Stadt im Norden hat am Montag eine neue Brücke über den Fluss eröffnet.",
    "理事会周一在北方城市开通了一座新桥。",
] * 25


def encoder(folder: Path) -> Any:
    """A tokenizer trained on the spot and an XLM-R of 32 x 2 with it; gives the tokenizer's length."""
    tokenizers, transformers = import_module("tokenizers"), import_module("transformers")
    made = tokenizers.Tokenizer(tokenizers.models.Unigram())
    made.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace()
    made.decoder = tokenizers.decoders.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer = tokenizers.trainers.UnigramTrainer(vocab_size=300, special_tokens=special, unk_token="<unk>")
    made.train_from_iterator(TEXTS, trainer)
    made.post_processor = tokenizers.processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    folder.mkdir(parents=True)
    made.save(str(folder / "tokenizer.json"))
    tokenizer = transformers.XLMRobertaTokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"), model_max_length=128
    )
    tokenizer.save_pretrained(folder)
    config = transformers.XLMRobertaConfig(
        vocab_size=len(tokenizer) + 2, hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=130, type_vocab_size=1, pad_token_id=1, bos_token_id=0,
        eos_token_id=2,
    )  # fmt: skip
    transformers.XLMRobertaModel(config, add_pooling_layer=False).save_pretrained(folder)


def comet(folder: Path) -> None:
    """A COMET of random weights over that encoder, as a checkpoint with its hparams."""
    models = import_module("comet.models")
    encoder(folder / "encoder")
    metric = models.RegressionMetric(
        encoder_model="XLM-RoBERTa", pretrained_model=str(folder / "encoder"), hidden_sizes=[16], layer="mix",
        layer_transformation="softmax", layer_norm=True, batch_size=4, load_pretrained_weights=False,
    )  # fmt: skip
    _saved(metric, folder, "regression_metric")


def _saved(metric: Any, folder: Path, identifier: str) -> None:
    lightning, yaml = import_module("pytorch_lightning"), import_module("yaml")
    (folder / "checkpoints").mkdir()
    trainer = lightning.Trainer(max_epochs=0, logger=False, enable_checkpointing=False, accelerator="cpu")
    trainer.strategy.connect(metric)
    trainer.save_checkpoint(folder / "checkpoints" / "model.ckpt")
    settings = dict(metric.hparams) | {"class_identifier": identifier, "load_pretrained_weights": False}
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in settings.items()}
    (folder / "hparams.yaml").write_text(yaml.safe_dump(plain), encoding="utf-8")


def xcomet(folder: Path) -> None:
    """An XCOMET of random weights over that encoder."""
    metrics = import_module("comet.models.multitask.xcomet_metric")
    encoder(folder / "encoder")
    metric = metrics.XCOMETMetric(
        encoder_model="XLM-RoBERTa", pretrained_model=str(folder / "encoder"), hidden_sizes=[16], sent_layer="mix",
        layer_transformation="softmax", layer_norm=True, word_layer=2, batch_size=4, load_pretrained_weights=False,
    )  # fmt: skip
    _saved(metric, folder, "xcomet_metric")


def bertscore(folder: Path) -> None:
    """The encoder alone."""
    encoder(folder)


def metricx(folder: Path) -> None:
    """An mT5 of random weights with that tokenizer."""
    transformers = import_module("transformers")
    encoder(folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    config = transformers.MT5Config(
        vocab_size=len(tokenizer) + 2, d_model=32, d_kv=8, d_ff=64, num_layers=2, num_heads=4, pad_token_id=1,
        eos_token_id=2, decoder_start_token_id=1,
    )  # fmt: skip
    model = transformers.MT5ForConditionalGeneration(config)
    model.lm_head.weight.data *= -20  # random weights give scores below 0, which are all shown as 0
    model.save_pretrained(folder)


def bleurt(folder: Path) -> None:
    """A BLEURT of random weights with a sentencepiece tokenizer trained on the spot."""
    sentencepiece, library = import_module("sentencepiece"), import_module("bleurt_pytorch")
    folder.mkdir(parents=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(TEXTS), model_prefix=str(folder / "spm"), vocab_size=300, hard_vocab_limit=False,
        pad_id=0, unk_id=1, bos_id=2, eos_id=3, pad_piece="[PAD]", unk_piece="[UNK]", bos_piece="[CLS]",
        eos_piece="[SEP]", user_defined_symbols=["[MASK]"],
    )  # fmt: skip
    kind = import_module("bleurt_pytorch.bleurt.tokenization_bleurt_sp").BleurtSPTokenizer
    tokenizer = kind(vocab_file=str(folder / "spm.model"))
    tokenizer.save_pretrained(folder)
    config = library.BleurtConfig(
        vocab_size=len(tokenizer) + 2, embedding_size=16, hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=128,
    )  # fmt: skip
    library.BleurtForSequenceClassification(config).save_pretrained(folder)


if __name__ == "__main__":
    import_module("torch").manual_seed(SEED)
    made = {"comet": comet, "xcomet": xcomet, "bertscore": bertscore, "metricx": metricx, "bleurt": bleurt}
    made[sys.argv[1]](Path(sys.argv[2]))
