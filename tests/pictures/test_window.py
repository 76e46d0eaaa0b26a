"""Windows, on a display of their own where one can be made."""

import os
import shutil
import signal
import subprocess
import sys

import pytest

pytest.importorskip("tkinter")

PROGRAM = """
import sys, time
import matplotlib.pyplot as plt
import numpy as np
from cnnscript.pictures.graphics import showing
from cnnscript.pictures.graphics.desk import Desk
from cnnscript.pictures.presenters import choose
presenter = choose('auto', print, 'figures', 'a')
assert type(presenter).__name__ == 'WindowPresenter', presenter
desk = Desk(presenter)
showing.imshow(desk, np.random.default_rng(0).random((60, 80)))
showing.imshow(desk, np.zeros((50, 70)))       # replaced unseen: nobody looked in between
desk.current_axes().label('Title').set('String', 'conv_1 原')
desk.figure().set('Name', 'second')
showing.image(desk, np.eye(5), scaled=True)
desk.flush()
assert sorted(figure.number for figure in presenter.windows) == [1, 2] and presenter.pump(0.05)
page = next(iter(presenter.windows.values()))
size = page.canvas.get_width_height()
assert abs(size[0] - 128) <= 1 and abs(size[1] - 128) <= 1, size
timer = page.canvas.new_timer(10, [(plt.close, (page,), {})])  # as the user does, while windows are looked after
timer.single_shot = True
timer.start()
end = time.monotonic() + 10
while len(presenter.windows) == 2 and time.monotonic() < end:
    presenter.pump(0.02)
assert [figure.number for figure in desk.figures()] == [2]
desk.close(desk.figures()[0])
assert not presenter.windows and not presenter.pump(0.01)
desk.finish()
"""


@pytest.fixture
def display():
    """The name of an X display that nobody sees."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("Xvfb makes displays; it is not installed")
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [server, "-displayfd", str(writer), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    process.terminate()
    process.wait()


def run(program, folder, **environment):
    environment = {**os.environ, "PYTHONPATH": os.getcwd(), **environment}
    environment.pop("WAYLAND_DISPLAY", None)
    return subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", program],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_windows_open_answer_and_close_with_their_figures(display, tmp_path):
    done = run(PROGRAM, tmp_path, DISPLAY=display)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "" and list(tmp_path.iterdir()) == []


def test_a_display_that_cannot_be_reached_means_files(tmp_path):
    program = PROGRAM.split("assert type")[0] + "assert type(presenter).__name__ == 'FilePresenter', presenter\n"
    program = program.replace("'figures', 'a'", "'figures', 'a', tell=print")
    done = run(program, tmp_path, DISPLAY=":9876")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("no window can be opened: ")


def test_a_script_keeps_its_windows_until_ctrl_c_and_says_so(display, tmp_path):
    environment = {**os.environ, "PYTHONPATH": os.getcwd(), "DISPLAY": display}
    environment.pop("WAYLAND_DISPLAY", None)
    script = subprocess.Popen(
        [sys.executable, "-m", "cnnscript", "-e", "imshow(ones(9)); figure; imshow(1); disp('done')"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert script.stderr.readline() == "figures 1, 2: close their windows to end, or press Ctrl-C\n"
    script.send_signal(signal.SIGINT)
    assert script.communicate(timeout=60) == ("done\n", "") and script.returncode == 0


BROWSED = """
from cnnscript.session import Session
from cnnscript.pictures.presenters.graph_browser import GRAPH
from matplotlib.backend_bases import MouseEvent
import io
session = Session(out=io.StringIO(), figures='window')
presenter = session.desk.presenter
session.run("layers = [imageInputLayer([8 8 3],Name='in'); convolution2dLayer(9,4,Name='c')]; analyzeNetwork(layers)")
session.desk.flush()
presenter.pump(0.05)
((figure, page),) = presenter.windows.items()
browser = presenter.browsers[figure]
at = browser.areas[GRAPH].transData.transform(browser.places()[0][1] - browser.corner)
page.canvas.callbacks.process('motion_notify_event', MouseEvent('motion_notify_event', page.canvas, *at))
page.canvas.callbacks.process('button_press_event', MouseEvent('button_press_event', page.canvas, *at, button=1))
assert browser.chosen == browser.hovered == 1
assert 'Convolution2DLayer' in browser.table.details(1) and browser.table.faults[1], browser.table
assert 'Analysis of layers: ' in browser.table.title
session.run("set(groot, 'CurrentFigure', findall(groot, 'Type', 'figure')); clf; plot(1:3)")
session.desk.flush()
presenter.pump(0.05)
assert not presenter.browsers and page.axes
session.desk.close(session.desk.figures()[0])
"""


def test_an_analysed_network_is_browsed_until_its_figure_shows_something_else(display, tmp_path):
    done = run(BROWSED, tmp_path, DISPLAY=display)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


PRESSED = """
from cnnscript.session import Session
from cnnscript.pictures.presenters.buttons import box_of
from matplotlib.backend_bases import MouseEvent
import io
session = Session(out=io.StringIO(), figures='window')
presenter = session.desk.presenter
session.run("n = 0; f = figure; uicontrol(f,String='Go',Position=[200 100 80 30],Callback='n = n + 1;');")
session.run("uicontrol(f,String='No',Position=[20 20 80 30],Enable='off',Callback='n = 100;'); drawnow")
(page,) = presenter.windows.values()
assert [text.get_text() for text in page.texts] == ['Go', 'No'], page.texts
def press(page, x, y):
    x, y = page.dpi_scale_trans.transform((x / 96, y / 96))  # the canvas may have finer pixels
    page.canvas.callbacks.process('button_press_event', MouseEvent('button_press_event', page.canvas, x, y, button=1))
for x, y in ((240, 115), (150, 115), (60, 35)):  # on the button, beside it, and on one that is off
    press(page, x, y)
assert session['n'] == 1, session['n']
session.run("m = trainingProgressMonitor(Metrics='A'); recordMetrics(m,1,A=1); drawnow")
figure = session.desk.figures()[-1]
(stop,) = [node for node in figure.walk() if node.kind == 'uicontrol']
box = box_of(stop)
page = presenter.windows[figure]
press(page, box.left + 5, box.bottom + 5)
session.run("s = m.Stop;")
assert session['s'] is True
assert page.canvas.manager.toolbar is None and page.canvas.manager.get_window_title().startswith('Training Progress (')
session.run("close(findall(groot,'Tag','NNET_CNN_TRAININGPLOT_UIFIGURE')); recordMetrics(m,2,A=1);")
assert [figure.number for figure in presenter.windows] == [1]
"""


def test_push_buttons_are_drawn_and_pressed_in_windows(display, tmp_path):
    done = run(PRESSED, tmp_path, DISPLAY=display)
    assert done.returncode == 0, done.stderr


POINTED = """
from cnnscript.session import Session
from cnnscript import ScriptError
from matplotlib.backend_bases import KeyEvent, MouseEvent
import io
import matplotlib
session = Session(out=io.StringIO(), figures='window')
presenter = session.desk.presenter
assert matplotlib.rcParams['savefig.directory'] == ''
session.run("a = subplot(1,2,1); imshow(zeros(40,60)); subplot(1,2,2); plot([0 10],[0 5]); drawnow")
((figure, page),) = presenter.windows.items()
first, second = presenter.lively[figure].places.values()
todo = []
pump = presenter.pump
def busy(seconds=0.02):  # a person does one thing after the other
    if todo:
        todo.pop(0)()
    return pump(seconds)
presenter.pump = busy
def press(place, x, y, number):
    event = MouseEvent('button_press_event', page.canvas, *place.transData.transform((x, y)), button=number)
    page.canvas.callbacks.process('button_press_event', event)
def key(name):
    at = second.transData.transform((2, 1))
    page.canvas.callbacks.process('key_press_event', KeyEvent('key_press_event', page.canvas, name, *at))
todo += [lambda: press(second, 4, 3, 1), lambda: press(first, 30, 20, 3), lambda: key('g'), lambda: key('enter')]
session.run("[x,y,b] = ginput; c = isequal(gca,a); p = get(gca,'CurrentPoint');")
taken = zip(session['x'].ravel(), session['y'].ravel(), ((4, 3), (30, 20), (2, 1)), strict=True)
assert all(abs(x - at[0]) < 0.4 and abs(y - at[1]) < 0.4 for x, y, at in taken)  # the mouse is on whole pixels
assert session['b'].ravel().tolist() == [1, 3, 103] and session['c'] is True
todo += [lambda: press(second, 1, 2, 1)] * 2 + [lambda: key('a'), lambda: press(first, 1, 1, 2)]
session.run("q = ginput(2); k = [waitforbuttonpress waitforbuttonpress]; w = get(gcf,'CurrentCharacter');")
assert session['q'].shape == (2, 2) and abs(session['q'] - [1, 2]).max() < 0.1
assert session['k'].ravel().tolist() == [1, 0] and session['w'] == 'a'
todo += [lambda: None, lambda: session.run("s = get(gcf,'WaitStatus'); uiresume(gcf)")]
session.run("uiwait(gcf); uiwait(gcf,0.01); t = get(gcf,'WaitStatus');")
assert (session['s'], session['t'], todo) == ('waiting', 'inactive', [])
todo += [lambda: session.run("set(gcf,'Name','new')"), lambda: session.run("set(gcf,'Name','x')")]
session.run("waitfor(gcf,'Name','x'); g = figure; drawnow")
todo += [lambda: None, lambda: presenter.closed(list(presenter.windows)[-1])]
session.run("waitfor(g); v = isvalid(g);")
assert session['v'] is False and todo == []
todo += [lambda: presenter.closed(figure)]
try:
    session.run("ginput(1)")
except ScriptError as fault:
    assert fault.identifier == 'MATLAB:ginput:FigureDeletionPause'
else:
    raise AssertionError('nobody clicked')
"""


def test_points_are_taken_with_the_mouse_and_programs_wait_for_people_in_windows(display, tmp_path):
    done = run(POINTED, tmp_path, DISPLAY=display)
    assert done.returncode == 0, done.stderr


LIVE = """
import io
import numpy as np
from matplotlib.backend_bases import MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Page
from matplotlib.image import imread
from cnnscript.pictures.drawing.draw import fill
from cnnscript.pictures.presenters.buttons import box_of, draw_buttons
from cnnscript.session import Session
draws = []
draw = FigureCanvasAgg.draw
FigureCanvasAgg.draw = lambda canvas: (type(canvas) is FigureCanvasAgg or draws.append(1)) and None or draw(canvas)
session = Session(out=io.StringIO(), figures='window')
session.run("m = trainingProgressMonitor(Metrics=[\\"Loss\\" \\"Check\\"],Info=[\\"Epoch\\" \\"Rate\\"]); "
            "groupSubPlot(m,'Losses',[\\"Loss\\" \\"Check\\"]);")
for k in range(1, 61):
    session.run(f"recordMetrics(m,{k},Loss=3*exp(-{k}/20)+.2*mod({k},3)); updateInfo(m,Epoch={k},Rate=.01); drawnow")
    if k % 20 == 0:
        session.run(f"recordMetrics(m,{k},Check=2*exp(-{k}/20)); drawnow")
assert len(draws) < 27, len(draws)  # of 63; the axis ends at 1, 1.5, 2, 3, 4 ... 10, 15 ...
presenter = session.desk.presenter
((figure, page),) = presenter.windows.items()
def pixels():
    return np.asarray(page.canvas.buffer_rgba())[:, :, :3].astype(int)
def same():
    sheet = Page(figsize=page.get_size_inches(), dpi=page.dpi)
    canvas = FigureCanvasAgg(sheet)
    fill(sheet, figure)
    draw_buttons(sheet, figure)
    canvas.draw()
    plain = np.asarray(canvas.buffer_rgba())[:, :, :3].astype(int)
    assert (abs(pixels() - plain) > 3).any(2).mean() < 0.0005
same()
size = page.bbox.size.copy()
page.set_size_inches(6, 5)  # as the user pulls at the window
presenter.pump(0.2)
assert (page.bbox.size != size).all()
before = len(draws)
session.run("updateInfo(m,Rate=.02); drawnow")
assert len(draws) == before
same()
(stop,) = [node for node in figure.walk() if node.kind == 'uicontrol']
x, y = (page.transFigure.transform(np.array((box_of(stop).left + 9, box_of(stop).bottom + 9)) / (1060, 620)))
page.canvas.callbacks.process('button_press_event', MouseEvent('button_press_event', page.canvas, x, y, button=1))
session.run("s = m.Stop; figure; a = animatedline(Color='r'); hold on; plot([0 9],[0 5]); legend('a','b'); "
            "xlim([0 9]); ylim([0 9]); t = text(1,8,'begun'); drawnow")
assert session['s'] is True
figure, page = list(presenter.windows.items())[-1]
for code, whole_draws in (
    ("addpoints(a,0:3,[8 7 7 8]); drawnow", 0),
    ("t.String = 'more words'; drawnow", 1),                # it may move from now on
    ("addpoints(a,4,1); t.String = 'less'; drawnow", 0),    # under the other line, which is made later
    ("a.Color = 'b'; drawnow", 1),                          # the legend shows it
    ("addpoints(a,5,9); xlim([0 6]); drawnow", 1),
    ("delete(t); drawnow", 1),
    ("t = text(1,8,'begun'); drawnow; t.String = 'pan'; drawnow; addpoints(a,6,3); drawnow", 1),
):
    before = len(draws)
    session.run(code)
    session.desk.flush()  # raises what went wrong
    assert len(draws) - before == whole_draws, (code, len(draws) - before)
    same()
def saved():
    before = pixels()
    file = io.BytesIO()
    page.savefig(file, dpi=page.dpi)  # as the button of the window does
    file.seek(0)
    made = (imread(file)[:, :, :3] * 255).round().astype(int)
    assert (abs(made - before) > 3).any(2).mean() < 0.0005
    page.canvas.draw()
    assert (abs(pixels() - before) > 3).any(2).mean() < 0.0005
saved()
before = pixels()
page.axes[0].set_xlim(-2, 4)  # as the user moves it
page.canvas.draw()
assert (abs(pixels() - before) > 3).any(2).mean() > 0.001
saved()
"""


def test_a_window_is_painted_where_it_has_changed_and_looks_as_if_all_of_it_were(display, tmp_path):
    done = run(LIVE, tmp_path, DISPLAY=display)
    assert done.returncode == 0, done.stderr
