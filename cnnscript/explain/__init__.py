"""What a network sees: the home of the explanation methods, one file a method.

    chosen_layers     which layers are looked at when none are named
    scoring           which score of which images the gradient methods are asked about
    grad_cam, grad_cam_plus_plus, layer_cam, hires_cam
                      maps of a layer, weighted with their gradients
    class_activation_map, eigen_cam
                      maps of a layer, weighted otherwise
    saliency, gradient_times_input, integrated_gradients, smooth_grad
                      gradients at the images
    guided_grad_cam   both of them
    perturbation      the scores of an image while masks take parts of it away; the base of the next six
    occlusion         a mask moved over the image
    lime              features taken away at random; `learning` fits the simple model
    rise              random soft masks
    pixel_order       deletion and insertion: pixels go or come in the order of a map
    verification      do a map and its network agree?
    infidelity        does a map foretell what the score loses?
    agreement         how much two maps agree; the base of the next
    stability         does a map stay when the image hardly changes?
    randomization     networks that forget, for the sanity checks of maps
    localization      does a map point at the object?
    score_cam         maps of a layer as masks
    open_paths        a network cut off at a layer, for pictures of any size; the base of the next two
    deep_dream, laplacian_pyramid
                      pictures grown until channels answer to them, from coarse to fine
    activation_maximization
                      the pictures in the range of a network's images that channels answer to most
    input_scales      range, middle and unit of a network's images

The base of the gradients is engine/tapes.py.  May import `errors` and `engine` only; TensorFlow, like in `engine`, when
first needed.
"""
