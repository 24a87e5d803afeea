// The office's base maps below everything else: pictures by Leaflet, vector tiles by protomaps.
// A place without a tile shows what lies below; a damaged tile is hatched and says so.
(function () {
  "use strict";

  var PANE_TOP = 290;
  var FIRST_ZOOM = 7;
  var USUAL_ZOOM = 17;
  var LAST_ZOOM = 20;

  var map, page;
  var basemaps = [];
  var drawn = {};
  var look = "light";
  var damagedUrl = "";
  var spoken = "";

  function start(parts) {
    map = parts.map;
    page = parts.page;
    map.on("moveend zoomend", markCovered);
  }

  function show(document) {
    var isNewLook = document.look !== look;
    look = document.look || "light";
    damagedUrl = document.damaged_tile || "";
    basemaps = document.basemaps || [];
    spoken = page.language();
    var kept = {};
    basemaps.forEach(function (one) {
      if (one.visible) {
        kept[one.id] = keyOf(one);
      }
    });
    Object.keys(drawn).forEach(function (id) {
      if (kept[id] !== drawn[id].key || (isNewLook && drawn[id].isVector)) {
        drawn[id].layer.remove();
        delete drawn[id];
      }
    });
    var highest = Math.max.apply(null, basemaps.map(function (one) {
      return one.visible ? one.max_zoom : 0;
    }).concat(USUAL_ZOOM));
    map.setMaxZoom(Math.min(highest, LAST_ZOOM));
    basemaps.forEach(arrange);
    markCovered();
  }

  function keyOf(one) {
    return [one.sha256, one.format, page.language()].join(" ");
  }

  function arrange(one, place) {
    if (!one.visible) {
      return;
    }
    var name = "basemap-" + one.id;
    var pane = map.getPane(name) || map.createPane(name);
    pane.style.zIndex = Math.max(PANE_TOP - place, 201);
    pane.style.pointerEvents = "none";
    if (!drawn[one.id]) {
      var layer = one.vector ? vectorLayer(one, name) : pictureLayer(one, name);
      if (!layer) {
        return;
      }
      drawn[one.id] = { key: keyOf(one), layer: layer, isVector: one.vector };
      layer.addTo(map);
    }
    drawn[one.id].layer.setOpacity(one.opacity);
  }

  function common(one, pane) {
    return {
      pane: pane,
      bounds: [[one.bounds[1], one.bounds[0]], [one.bounds[3], one.bounds[2]]],
      maxZoom: LAST_ZOOM,
      attribution: "",
      noWrap: true,
      keepBuffer: 1,
    };
  }

  function pictureLayer(one, pane) {
    var options = common(one, pane);
    options.minZoom = Math.max(one.min_zoom, FIRST_ZOOM);
    options.maxNativeZoom = one.max_zoom;
    options.className = "picture-tile";
    var layer = L.tileLayer(one.url + "{z}/{x}/{y}", options);
    layer.on("tileerror", function (event) {
      if (damagedUrl && event.tile.src !== damagedUrl) {
        event.tile.src = damagedUrl;
      }
    });
    return layer;
  }

  function vectorLayer(one, pane) {
    if (typeof protomapsL === "undefined") {
      return null;
    }
    var options = common(one, pane);
    // A tile of data covers four on the screen, so that drawing begins one zoom after the data.
    options.minZoom = Math.max(one.min_zoom + 1, FIRST_ZOOM);
    options.url = one.url + "{z}/{x}/{y}";
    options.maxDataZoom = one.max_zoom;
    var fonts = ["400 12px", "500 12px", "600 12px", "700 12px", "italic 500 12px"];
    options.tasks = fonts.map(function (font) {
      return document.fonts.load(font + ' "Noto Sans"');
    });
    var style = GeoparkBasemapStyle.styleFor(one.layers, look, page.language(), page.text("damaged_tile"));
    return protomapsL.leafletLayer(Object.assign(options, style));
  }

  // Where a base map fills most of the view it has names of its own: ours step back.
  function markCovered() {
    var view = map.getBounds();
    var zoom = map.getZoom();
    var isCovered = false;
    var isShown = false;
    basemaps.forEach(function (one) {
      if (!drawn[one.id] || zoom < Math.max(one.min_zoom, FIRST_ZOOM)) {
        return;
      }
      var west = Math.max(view.getWest(), one.bounds[0]);
      var south = Math.max(view.getSouth(), one.bounds[1]);
      var east = Math.min(view.getEast(), one.bounds[2]);
      var north = Math.min(view.getNorth(), one.bounds[3]);
      if (west >= east || south >= north) {
        return;
      }
      isShown = true;
      var whole = (view.getEast() - view.getWest()) * (view.getNorth() - view.getSouth());
      isCovered = isCovered || ((east - west) * (north - south)) / whole > 0.5;
    });
    var classes = map.getContainer().classList;
    classes.toggle("has-basemap", isShown);
    classes.toggle("is-covered", isCovered);
  }

  function relabel() {
    if (spoken && spoken !== page.language()) {
      show({ basemaps: basemaps, look: look, damaged_tile: damagedUrl });
    }
  }

  function sources() {
    return basemaps
      .filter(function (one) {
        return one.visible && one.source;
      })
      .map(function (one) {
        return one.source;
      });
  }

  function connect(bridge) {
    bridge.drawBox.connect(function () {
      dragBox(bridge);
    });
    bridge.askView.connect(function () {
      tellBox(bridge, map.getBounds());
    });
  }

  function tellBox(bridge, bounds) {
    bridge.boxDrawn(bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth());
  }

  // One drag from corner to corner; Esc or a click gives it up.
  function dragBox(bridge) {
    var from = null;
    var shape = null;
    var hint = page.element("div", "map-hint", page.text("draw_box"));
    var holder = map.getContainer();
    holder.appendChild(hint);
    holder.classList.add("is-drawing");
    map.dragging.disable();

    function finish(bounds) {
      map.off("mousedown", begin).off("mousemove", follow).off("mouseup", end);
      document.removeEventListener("keydown", giveUp);
      map.dragging.enable();
      holder.classList.remove("is-drawing");
      hint.remove();
      if (shape) {
        shape.remove();
      }
      if (bounds && bounds.isValid()) {
        tellBox(bridge, bounds);
      } else {
        bridge.boxDrawn(0, 0, 0, 0);
      }
    }

    function begin(event) {
      from = event.latlng;
      shape = L.rectangle([from, from], { color: "#0b57d0", weight: 2, dashArray: "6 4", interactive: false });
      shape.addTo(map);
    }

    function follow(event) {
      if (from) {
        shape.setBounds(L.latLngBounds(from, event.latlng));
      }
    }

    function end(event) {
      if (from) {
        finish(L.latLngBounds(from, event.latlng));
      }
    }

    function giveUp(event) {
      if (event.key === "Escape") {
        finish(null);
      }
    }

    map.on("mousedown", begin).on("mousemove", follow).on("mouseup", end);
    document.addEventListener("keydown", giveUp);
  }

  window.GeoparkBasemaps = {
    start: start,
    connect: connect,
    show: show,
    relabel: relabel,
    sources: sources,
  };
})();
