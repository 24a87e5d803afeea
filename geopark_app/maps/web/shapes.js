// Lines and areas of records on the map: extents of sites, lines of routes.
// Names are only ever set as text, never as HTML: they come from other laptops.
(function () {
  "use strict";

  var PANE = "shapes";
  var map, page, renderer, tell;
  var shapes = [];
  var drawn = {};
  var hidden = "";
  var chosen = "";

  function start(parts) {
    map = parts.map;
    page = parts.page;
    tell = parts.tell || null;
    var pane = map.getPane(PANE) || map.createPane(PANE);
    pane.style.zIndex = 440;
    renderer = L.svg({ pane: PANE });
  }

  function show(document) {
    shapes = document.shapes;
    Object.keys(drawn).forEach(function (id) {
      drawn[id].remove();
    });
    drawn = {};
    shapes.forEach(function (shape) {
      try {
        drawn[shape.id] = layerOf(shape);
      } catch (_broken) {
        // A shape another program has spoilt: the rest is drawn, the form shows its text.
        return;
      }
      if (shape.id !== hidden) {
        drawn[shape.id].addTo(map);
      }
    });
  }

  function layerOf(shape) {
    var isLine = /LineString/.test(shape.geometry.type);
    var layer = L.geoJSON(shape.geometry, {
      pane: PANE,
      renderer: renderer,
      style: styleOf(shape, isLine),
      pointToLayer: function (_feature, at) {
        return L.circleMarker(at, { pane: PANE, renderer: renderer, radius: 6 });
      },
    });
    layer.bindTooltip(
      function () {
        return page.element("span", "shape-name", page.nameOf(shape));
      },
      { sticky: true, direction: "top" }
    );
    layer.on("click", function () {
      if (tell && !map.getContainer().classList.contains("is-drawing")) {
        tell(shape.id);
      }
    });
    return layer;
  }

  function styleOf(shape, isLine) {
    var isChosen = shape.id === chosen;
    return {
      color: shape.colour,
      weight: (isLine ? 4 : 2) + (isChosen ? 2 : 0),
      opacity: 0.9,
      dashArray: shape.dash || null,
      fill: !isLine,
      fillColor: shape.colour,
      fillOpacity: isChosen ? 0.3 : 0.15,
    };
  }

  function choose(id) {
    chosen = id;
    shapes.forEach(function (shape) {
      if (drawn[shape.id]) {
        drawn[shape.id].setStyle(styleOf(shape, /LineString/.test(shape.geometry.type)));
      }
    });
  }

  // The one that is being changed lies under the pencil; its picture goes away so long.
  function hide(id) {
    if (hidden && drawn[hidden]) {
      drawn[hidden].addTo(map);
    }
    hidden = id;
    if (hidden && drawn[hidden]) {
      drawn[hidden].remove();
    }
  }

  window.GeoparkShapes = { start: start, show: show, choose: choose, hide: hide };
})();
