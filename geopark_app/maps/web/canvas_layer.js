// A layer that draws on one canvas what is in sight: thousands of marks, none of them an element.
(function () {
  "use strict";

  window.GeoparkCanvas = L.Layer.extend({
    // `scale` is how many pixels of the canvas stand for one of the map.
    initialize: function (pane, level, scale, paint) {
      this._pane = pane;
      this._level = level;
      this._scale = scale;
      this._paint = paint;
    },

    onAdd: function (map) {
      var pane = map.getPane(this._pane) || map.createPane(this._pane);
      pane.style.zIndex = this._level;
      pane.style.pointerEvents = "none";
      this._canvas = document.createElement("canvas");
      this._canvas.className = "leaflet-zoom-hide";
      pane.appendChild(this._canvas);
      map.on("moveend resize", this.redraw, this);
      this.redraw();
    },

    onRemove: function (map) {
      map.off("moveend resize", this.redraw, this);
      this._canvas.remove();
      this._canvas = null;
    },

    redraw: function () {
      if (!this._canvas) {
        return;
      }
      var size = this._map.getSize();
      L.DomUtil.setPosition(this._canvas, this._map.containerPointToLayerPoint([0, 0]));
      this._canvas.width = Math.max(1, Math.round(size.x * this._scale));
      this._canvas.height = Math.max(1, Math.round(size.y * this._scale));
      this._canvas.style.width = size.x + "px";
      this._canvas.style.height = size.y + "px";
      this._paint(this._canvas, this._map);
    },
  });
})();
