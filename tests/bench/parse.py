"""Lines a second from text to tree, beside Lark's own loop over the same tokens; the table from the cache; one line.

CPU seconds, not wall seconds: parsing waits for nothing.
"""

from __future__ import annotations

import sys
from statistics import median
from time import process_time

import lark

from cnnscript.errors import ScriptError, Source
from cnnscript.syntax import incomplete, parse, parser, table, tokens
from tests.bench.ratios import print_table

PROGRAM = """
%% Channels of layer {k}
% Look at what the first convolution sees.
net{k} = squeezenet;
im = imread(fullfile(matlabroot,'examples','nnet','face.jpg'));
imgSize = size(im); imgSize = imgSize(1:2);
act{k} = activations(net{k},im,'conv1','OutputAs','channels');
sz = size(act{k});
act{k} = reshape(act{k},[sz(1) sz(2) 1 sz(3)]);

for k = 1:numel(net{k}.Layers)
    layer = net{k}.Layers(k);   % each layer
    if isa(layer, 'nnet.cnn.layer.Convolution2DLayer') && k > 3
        W = layer.Weights;
        fprintf('%d: %s %dx%d\\n', k, layer.Name, size(W,1), size(W,2));
        total(k) = sum(W(:).^2) / max(numel(W), 1) + a(k)*b(end-1);
    else
        continue
    end
end
layers = [imageInputLayer([28 28 1], 'Name', 'input')
    convolution2dLayer(3, 8, 'Padding', 'same')
    reluLayer
    fullyConnectedLayer(10)];
opts = struct('a', {{1,2,3}}, 'b', "text");
[maxValue, idx] = max(abs(total(:)));
hold on
plot(x, y', 'r--', 'LineWidth', 2);
names{k} = cellfun(@(s) [s '_x'], names{k}, 'UniformOutput', false);
title(sprintf('Channel %d', idx)); xlabel('x');
"""


def seconds(task, rounds: int = 5) -> float:
    """Median CPU seconds of a task."""
    times = []
    for _ in range(rounds):
        start = process_time()
        task()
        times.append(process_time() - start)
    return median(times)


def larks(text: str):
    """The same tokens through Lark's own loop, to a Lark tree with positions."""

    class Tokens(lark.lexer.Lexer):
        def __init__(self, configuration):
            self.configuration = configuration

        def lex(self, text):
            for token in parser.the_parser().lexer.scan(text).closed_tokens():
                place = {"line": 1, "column": 1, "end_line": 1, "end_column": 1}
                yield lark.Token(token.kind, token.text, start_pos=token.start, end_pos=token.stop, **place)

    grammar = table.grammar_text()
    return lark.Lark(grammar, parser="lalr", lexer=Tokens, start="program", propagate_positions=True)


def wrong():
    try:
        parse(Source("if x\n  f(1, 2\nend"))
    except ScriptError as error:
        error.render()


def main(names: list[str]) -> None:
    text = "".join(PROGRAM.replace("{k}", str(k)) for k in range(100))
    lines = text.count("\n")
    parser.the_parser()
    lark_parser = larks(text)
    lexing = seconds(lambda: parser.the_parser().lexer.scan(text))
    ours = seconds(lambda: parse(Source(text)))
    theirs = seconds(lambda: lark_parser.parse(text), 3)
    rows = [
        ("tokens", lines / lexing, None, None),
        ("tree", lines / ours, 10_000, "ok" if lines / ours >= 10_000 else "MISSED"),
        ("Lark's loop, Lark's tree", lines / theirs, None, f"{theirs / ours:.1f} times slower"),
    ]
    print_table(f"Parsing {lines} lines (lines a second)", ("to", "lines/s", "goal", ""), rows)
    loading = seconds(lambda: parser.Parser(table.load(), parser.builder))
    rows = [
        ("the parser, table from the cache", 1e3 * loading, 60, "ok" if loading <= 0.06 else "MISSED"),
        ("the table made anew", 1e3 * seconds(lambda: table.make(table.grammar_text()), 3), None, None),
        ("a prompt line: colours", 1e3 * seconds(lambda: tokens("plot(x(1:end), 'r--')")), None, None),
        ("a prompt line: whole?", 1e3 * seconds(lambda: incomplete("plot(x(1:end), 'r--')")), None, None),
        ("a prompt line: tree", 1e3 * seconds(lambda: parse(Source("plot(x(1:end), 'r--')"))), None, None),
        ("a mistake, drawn", 1e3 * seconds(wrong), None, None),
    ]
    print_table("Small things (milliseconds of CPU)", ("what", "ms", "goal", ""), rows)


if __name__ == "__main__":
    main(sys.argv[1:])
