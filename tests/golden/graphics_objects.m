h = plot([0 0.5 1], 'LineWidth', 2)
f = gcf
a = gca
lines = plot(1:3, magic(3))
legend('first', 'second', 'third');
lines
mixed = [gcf gca lines(1)]
none = gobjects(0)
room = gobjects(2, 1)
a.Children
f.Children
t = title('A title')
a
delete(lines(2))
lines(2)
s.axes = a; s.lines = lines; s.none = none
set(a, 'XScale')
r = rectangle('Position', [0 0 1 1]);
get(r)
set(r)
a.XAxis
b = bar([1 2])
im = imagesc(magic(4))
c = colorbar
u = uicontrol('Style', 'edit', 'String', 'words')
%---- gives ----

h = 

  Line with properties:

              Color: [0 0.4470 0.7410]
          LineStyle: '-'
          LineWidth: 2
             Marker: 'none'
         MarkerSize: 6
    MarkerFaceColor: 'none'
              XData: [1 2 3]
              YData: [0 0.5000 1]
              ZData: [1×0 double]

  Use GET to show all properties


f = 

  Figure (1) with properties:

      Number: 1
        Name: ''
       Color: [1 1 1]
    Position: [680 458 560 420]
       Units: 'pixels'

  Use GET to show all properties


a = 

  Axes with properties:

             XLim: [1 3]
             YLim: [0 1]
           XScale: 'linear'
           YScale: 'linear'
    GridLineStyle: '-'
         Position: [0.1300 0.1100 0.7750 0.8150]
            Units: 'normalized'

  Use GET to show all properties

figure 1: line 3 points

lines = 

  3×1 Line array:

  Line
  Line
  Line


lines = 

  3×1 Line array:

  Line    (first)
  Line    (second)
  Line    (third)


mixed = 

  1×3 graphics array:

  Figure    Axes      Line  


none = 

  0×0 empty GraphicsPlaceholder array.


room = 

  2×1 GraphicsPlaceholder array:

  GraphicsPlaceholder
  GraphicsPlaceholder


ans = 

  3×1 Line array:

  Line    (third)
  Line    (second)
  Line    (first)


ans = 

  2×1 graphics array:

  Legend    (first, second, third)
  Axes


t = 

  Text (A title) with properties:

                 String: 'A title'
               FontSize: 11
             FontWeight: 'bold'
               FontName: 'Helvetica'
                  Color: [0 0 0]
    HorizontalAlignment: 'center'
               Position: [0 0 0]
                  Units: 'data'

  Use GET to show all properties


a = 

  Axes (A title) with properties:

             XLim: [1 3]
             YLim: [1 9]
           XScale: 'linear'
           YScale: 'linear'
    GridLineStyle: '-'
         Position: [0.1300 0.1100 0.7750 0.8150]
            Units: 'normalized'

  Use GET to show all properties


ans = 

  handle to deleted Line


s = 

  struct with fields:

     axes: [1×1 Axes]
    lines: [3×1 Line]
     none: [0×0 GraphicsPlaceholder]


ans =

  2×1 cell array

    {'linear'}
    {'log'   }

    AlignVertexCenters: 'off'
          BeingDeleted: 'off'
            BusyAction: 'queue'
         ButtonDownFcn: ''
              Children: [0×0 GraphicsPlaceholder]
              Clipping: 'on'
           ContextMenu: [0×0 GraphicsPlaceholder]
             CreateFcn: ''
             Curvature: [0 0]
             DeleteFcn: ''
             EdgeColor: [0 0 0]
             FaceAlpha: 1
             FaceColor: 'none'
      HandleVisibility: 'on'
               HitTest: 'on'
         Interruptible: 'on'
              LineJoin: 'miter'
             LineStyle: '-'
             LineWidth: 0.5000
                Parent: [1×1 Axes]
         PickableParts: 'visible'
              Position: [0 0 1 1]
              Selected: 'off'
    SelectionHighlight: 'on'
           SeriesIndex: 'none'
                   Tag: ''
                  Type: 'rectangle'
              UserData: []
               Visible: 'on'

    AlignVertexCenters: {'on'  'off'}
            BusyAction: {'queue'  'cancel'}
         ButtonDownFcn: {}
              Children: {}
              Clipping: {'on'  'off'}
           ContextMenu: {}
             CreateFcn: {}
             Curvature: {}
             DeleteFcn: {}
             EdgeColor: {}
             FaceAlpha: {}
             FaceColor: {}
      HandleVisibility: {'on'  'off'  'callback'}
               HitTest: {'on'  'off'}
         Interruptible: {'on'  'off'}
              LineJoin: {'round'  'miter'  'chamfer'}
             LineStyle: {'-'  '--'  ':'  '-.'  'none'}
             LineWidth: {}
                Parent: {}
         PickableParts: {'visible'  'all'  'none'}
              Position: {}
              Selected: {'on'  'off'}
    SelectionHighlight: {'on'  'off'}
           SeriesIndex: {}
                   Tag: {}
              UserData: {}
               Visible: {'on'  'off'}


ans = 

  NumericRuler with properties:

             Limits: [0 3]
              Scale: 'linear'
           Exponent: 0
         TickValues: [0 0.5000 1 1.5000 2 2.5000 3]
    TickLabelFormat: '%g'

  Use GET to show all properties

figure 1: line 3 points, line 3 points, rectangle, title 'A title', legend 'first', 'third'

b = 

  Bar with properties:

    BarLayout: 'grouped'
     BarWidth: 0.8000
    FaceColor: [0 0.4470 0.7410]
    EdgeColor: [0 0 0]
    BaseValue: 0
        XData: [1 2]
        YData: [1 2]

  Use GET to show all properties

figure 1: bar 2 bars

im = 

  Image with properties:

           CData: [4×4 double]
    CDataMapping: 'scaled'

  Use GET to show all properties


c = 

  ColorBar with properties:

    Location: 'eastoutside'
      Limits: [1 16]
    FontSize: 9
    Position: [0.8145 0.1100 0.0381 0.8150]
       Units: 'normalized'

  Use GET to show all properties


u = 

  UIControl (words) with properties:

              Style: 'edit'
             String: 'words'
    BackgroundColor: [0.9400 0.9400 0.9400]
           Callback: ''
              Value: 0
           Position: [20 20 60 20]
              Units: 'pixels'

  Use GET to show all properties

figure 1: image 4x4, colorbar
