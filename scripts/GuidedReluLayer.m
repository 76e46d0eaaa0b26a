classdef GuidedReluLayer < nnet.layer.Layer
    % A ReLU with another way back. Mode says which:
    %   "backprop"         the gradient, where the input was positive
    %   "zeiler-fergus"    the positive part of the gradient, everywhere
    %   "guided-backprop"  the positive part of the gradient, where the input was positive

    properties
        Mode (1,1) string {mustBeMember(Mode,["backprop" "zeiler-fergus" "guided-backprop"])} = "guided-backprop"
    end

    methods
        function layer = GuidedReluLayer(name,mode)
            if nargin > 0, layer.Name = name; end
            if nargin > 1, layer.Mode = mode; end
            layer.Description = "ReLU, " + layer.Mode + " on the way back";
        end

        function Z = predict(~,X)
            Z = max(X,0);
        end

        function dLdX = backward(layer,X,~,dLdZ,~)
            switch layer.Mode
                case "backprop"
                    dLdX = dLdZ .* (X > 0);
                case "zeiler-fergus"
                    dLdX = max(dLdZ,0);
                case "guided-backprop"
                    dLdX = max(dLdZ,0) .* (X > 0);
            end
        end
    end
end
