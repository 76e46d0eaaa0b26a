"""Every function that draws on axes, or changes them, takes them as its first argument, and leaves others alone."""

import pytest

PLOTS = """
plot(ax, 1:3); plot3(ax, 1:3, 1:3, 1:3); scatter(ax, 1:3, 1:3); scatter3(ax, 1:3, 1:3, 1:3); bar(ax, 1:3); barh(ax, 1:3)
bar3(ax, magic(3)); histogram(ax, [1 2 2 3]); histogram2(ax, [1 2 3], [1 2 3]); area(ax, 1:3); stem(ax, 1:3)
stem3(ax, magic(3)); stairs(ax, 1:3); errorbar(ax, 1:3, [1 1 1]); pie(ax, [1 2 3]); semilogx(ax, 1:3)
semilogy(ax, 1:3); loglog(ax, 1:3); surf(ax, magic(3)); mesh(ax, magic(3)); meshc(ax, magic(4)); surfc(ax, magic(4))
contour(ax, magic(4)); contourf(ax, magic(4)); contour3(ax, magic(4)); pcolor(ax, magic(3)); imagesc(ax, magic(3))
quiver(ax, 1:3, 1:3, 1:3, 1:3); fill(ax, [0 1 1], [0 0 1], 'r'); patch(ax, [0 1 1], [0 0 1], 'r'); line(ax, 1:3, 1:3)
text(ax, 1, 1, 'a'); xline(ax, 2); yline(ax, 2); rectangle(ax, 'Position', [0 0 1 1]); animatedline(ax)
fplot(ax, @sin); fsurf(ax, @(x, y) x + y); plotyy(ax, 1:3, 1:3, 1:3, 4:6); imshow(magic(3), 'Parent', ax)
plot(1:3, 'Parent', ax); bar(1:3, 'Parent', ax); imagesc(magic(3), 'Parent', ax); text(1, 1, 'a', 'Parent', ax)
scatter(1:3, 1:3, 'Parent', ax); line(1:3, 1:3, 'Parent', ax); surf(magic(3), 'Parent', ax)
histogram([1 2 2], 'Parent', ax); area(1:3, 'Parent', ax); stem(1:3, 'Parent', ax)
patch([0 1 1], [0 0 1], 'r', 'Parent', ax)
rectangle('Position', [0 0 1 1], 'Parent', ax); errorbar(1:3, [1 1 1], 'Parent', ax); contour(magic(4), 'Parent', ax)
ribbon(ax, magic(3)); waterfall(ax, magic(3)); comet(ax, 1:3, 1:3); polygon = fill(ax, [0 1 1], [0 0 1], 'b')
boxchart(ax, magic(4)); swarmchart(ax, [1 1 2], 1:3); bubblechart(ax, 1:3, 1:3, 1:3); image(ax, magic(3))
"""
SETTINGS = """
title(ax, 'a'); subtitle(ax, 'a'); xlabel(ax, 'a'); ylabel(ax, 'a'); zlabel(ax, 'a'); title('a', 'Parent', ax)
xlabel('a', 'Parent', ax); grid(ax, 'on'); grid(ax, 'minor'); box(ax, 'off'); axis(ax, [0 1 0 1])
axis(ax, 'equal'); axis(ax, 'off'); axis(ax, 'tight'); xlim(ax, [0 1]); ylim(ax, [0 1]); zlim(ax, [0 1])
clim(ax, [0 1]); caxis(ax, [0 1]); xticks(ax, 1:2); yticks(ax, 1:2); zticks(ax, 1:2)
xticklabels(ax, {'a'}); yticklabels(ax, {'a'}); zticklabels(ax, {'a'})
xtickangle(ax, 30); ytickangle(ax, 30); xtickformat(ax, '%.1f'); ytickformat(ax, 'usd')
daspect(ax, [1 1 1]); pbaspect(ax, [1 2 1]); view(ax, 3); colormap(ax, jet); colorbar(ax); legend(ax, 'a')
legend(ax, {'a'}, 'Location', 'best'); colororder(ax, [1 0 0]); shading(ax, 'flat'); cla(ax); fontsize(ax, 12, 'points')
fontname(ax, 'Courier'); set(ax, 'FontSize', 7); datetick(ax, 'x'); alpha(ax, 0.5)
camlight(ax, 'headlight'); lighting(ax, 'gouraud'); zoom(ax, 2)
"""


def calls(text):
    return [each.strip() for line in text.strip().splitlines() for each in line.split(";") if each.strip()]


def run_on(run, call):
    run("ax = subplot(1, 2, 1); surf(ax, magic(3)); other = subplot(1, 2, 2); plot(other, 1:2);")
    ax, other = run["ax"].graphic, run["other"].graphic
    before = ax.stamp, other.stamp
    run(call + ";")
    return ax, other, before


@pytest.mark.parametrize("call", calls(PLOTS))
def test_plots_go_into_the_axes_that_is_named(run, call):
    ax, other, before = run_on(run, call)
    assert ax.stamp > before[0] and other.stamp == before[1]
    assert other.children and ax.up("figure").all_axes()[:2] == [ax, other] or ax.twin is not None


@pytest.mark.parametrize("call", calls(SETTINGS))
def test_settings_are_those_of_the_axes_that_is_named(run, call):
    ax, other, before = run_on(run, call)
    assert ax.stamp > before[0] and other.stamp == before[1] and other.labels == {}
