// Tools on the map: move a site by a ghost, draw and change lines and areas, measure.
// The program commands and decides what is saved; the page only shows and proposes. GeoMan does
// the corners, for the one shape in hand and no other (opt-in).
(function () {
  "use strict";

  var STEP = 1;
  var LARGE_STEP = 10;
  var SAME_PX = 4;
  var DIGITS = 7;
  var PANE = "drawing";
  // Points have a pane of their own: in one with lines, Leaflet lays the upper ones below them.
  var POINTS = "drawing-points";
  var ARROWS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };

  var map, page, pencil;
  var tool = null;
  var isTold = true;

  if (window.L && L.PM) {
    // Before any layer is made: otherwise every river would get handles.
    L.PM.setOptIn(true);
  }

  function start(parts) {
    map = parts.map;
    page = parts.page;
    map.createPane(PANE).style.zIndex = 640;
    map.createPane(POINTS).style.zIndex = 645;
    GeoparkShapes.start({
      map: map,
      page: page,
      tell: function (id) {
        pencil.shapeClicked(id);
      },
    });
  }

  function connect(object) {
    pencil = object;
    pencil.command.connect(function (words) {
      run(JSON.parse(words));
    });
    document.addEventListener("keydown", onKey, true);
    map.options.pmIgnore = false;
    L.PM.reInitLayer(map);
    map.pm.setGlobalOptions({
      snappable: false,
      panes: { vertexPane: POINTS, layerPane: PANE, markerPane: POINTS },
    });
    map.on("pm:create", onCreated);
    map.on("click", onClick);
    map.on("dblclick", onDoubleClick);
    map.on("mousemove", onPointer);
  }

  // --- commands --------------------------------------------------------------------------------

  function run(wish) {
    if (wish.do === "shapes") {
      GeoparkShapes.show(wish);
    } else if (wish.do === "choose") {
      GeoparkShapes.choose(wish.id);
    } else if (wish.do === "stop") {
      stop();
    } else if (wish.do === "begin") {
      begin(wish);
    } else if (tool && wish.do === "finish") {
      finish();
    } else if (tool && wish.do === "undo") {
      undo();
    } else if (tool && wish.do === "place") {
      place(L.latLng(wish.lat, wish.lon));
    } else if (tool && wish.do === "figure") {
      figure(wish);
    }
  }

  function begin(wish) {
    stop();
    map.closePopup();
    map.getContainer().classList.add("is-drawing");
    map.doubleClickZoom.disable();
    tool = { mode: wish.mode, shape: wish.shape || "", colour: wish.colour, parts: L.layerGroup() };
    tool.parts.addTo(map);
    if (tool.mode === "move" || tool.mode === "add") {
      map.getContainer().classList.add("is-pointing");
      if (wish.lat !== undefined && wish.lat !== null) {
        tool.from = L.latLng(wish.lat, wish.lon);
        setGhost(tool.from);
        bringIntoView(tool.from, wish.zoom);
      }
    } else if (tool.mode === "edit") {
      GeoparkShapes.hide(wish.id || "");
      hold(wish.geometry);
      tool.past = [wish.geometry];
      map.fitBounds(tool.layer.getBounds(), { padding: [60, 60], maxZoom: 16, animate: false });
      told();
    } else {
      map.pm.setLang("vi", { tooltips: wish.texts }, "en");
      draw();
    }
    map.getContainer().focus();
  }

  function stop() {
    if (!tool) {
      return;
    }
    var ended = tool;
    tool = null;
    map.pm.disableDraw();
    if (ended.layer) {
      ended.layer.pm.disable();
      ended.layer.remove();
    }
    ended.parts.remove();
    GeoparkShapes.hide("");
    map.doubleClickZoom.enable();
    map.getContainer().classList.remove("is-drawing", "is-pointing");
  }

  function bringIntoView(at, zoom) {
    if (zoom && map.getZoom() < zoom) {
      map.setView(at, zoom, { animate: false });
    } else if (!map.getBounds().pad(-0.1).contains(at)) {
      map.panTo(at, { animate: false });
    }
  }

  // --- the ghost of a site ---------------------------------------------------------------------

  function setGhost(at) {
    if (!tool.ghost) {
      tool.ghost = L.marker(at, {
        draggable: true,
        autoPan: true,
        keyboard: false,
        pane: POINTS,
        icon: L.divIcon({ className: "ghost-frame", html: ghost(), iconSize: [34, 34] }),
      });
      tool.ghost.on("drag", told);
      tool.ghost.on("dragend", told);
      tool.ghost.on("drag", drawWay);
      tool.ghost.on("dblclick", onDoubleClick);
      tool.ghost.addTo(tool.parts);
    } else {
      tool.ghost.setLatLng(at);
    }
    drawWay();
    told();
  }

  function ghost() {
    var box = page.element("div", "ghost");
    box.appendChild(page.element("span", "ghost-dot"));
    return box;
  }

  function drawWay() {
    if (!tool.from) {
      return;
    }
    var ends = [tool.from, tool.ghost.getLatLng()];
    if (!tool.way) {
      tool.way = L.polyline(ends, {
        pane: PANE,
        className: "ghost-way",
        weight: 2,
        dashArray: "5 5",
        interactive: false,
      }).addTo(tool.parts);
    }
    tool.way.setLatLngs(ends);
  }

  function nudge(dx, dy) {
    var here = tool.ghost ? tool.ghost.getLatLng() : map.getCenter();
    var at = map.containerPointToLatLng(map.latLngToContainerPoint(here).add([dx, dy]));
    setGhost(at);
    map.panInside(at, { padding: [30, 30], animate: false });
  }

  // --- lines and areas -------------------------------------------------------------------------

  function draw() {
    var style = { color: tool.colour, weight: 3, fillOpacity: 0.15 };
    map.pm.enableDraw(tool.shape, {
      snappable: false,
      allowSelfIntersection: true,
      finishOn: "dblclick",
      tooltips: true,
      templineStyle: style,
      hintlineStyle: { color: tool.colour, weight: 2, dashArray: "5 5" },
      pathOptions: style,
    });
  }

  function pen() {
    return map.pm.Draw[tool.shape];
  }

  // Corners of the shape being drawn; two clicks on one spot are one corner.
  function corners() {
    var given = pen()._layer ? pen()._layer.getLatLngs() : [];
    return given.filter(function (at, place) {
      return place === 0 || !isSame(at, given[place - 1]);
    });
  }

  function isSame(a, b) {
    return map.latLngToContainerPoint(a).distanceTo(map.latLngToContainerPoint(b)) < SAME_PX;
  }

  function onCreated(event) {
    if (!tool || (tool.mode !== "draw" && tool.mode !== "measure")) {
      return;
    }
    event.layer.remove();
    var given = tool.shape === "Polygon" ? event.layer.getLatLngs()[0] : event.layer.getLatLngs();
    var path = given.filter(function (at, place) {
      return place === 0 || !isSame(at, given[place - 1]);
    });
    if (path.length < (tool.shape === "Polygon" ? 3 : 2)) {
      pencil.tooShort();
      draw();
      return;
    }
    tool.done = geometryOf(path);
    tool.isDone = true;
    var style = { color: tool.colour, weight: 3, fillOpacity: 0.15, pane: PANE };
    var shape = tool.shape === "Polygon" ? L.polygon(path, style) : L.polyline(path, style);
    shape.addTo(tool.parts);
    pencil.finished(JSON.stringify({ mode: tool.mode, geometry: tool.done }));
  }

  function geometryOf(path) {
    var pairs = path.map(function (at) {
      return [Number(at.lng.toFixed(DIGITS)), Number(at.lat.toFixed(DIGITS))];
    });
    if (tool.shape !== "Polygon") {
      return { type: "LineString", coordinates: pairs };
    }
    return { type: "Polygon", coordinates: [pairs.concat([pairs[0]])] };
  }

  // The shape in hand: the only one with handles.
  function hold(geometry) {
    if (tool.layer) {
      tool.layer.pm.disable();
      tool.layer.remove();
    }
    var made = L.geoJSON(geometry, {
      pmIgnore: false,
      pane: PANE,
      style: { color: tool.colour, weight: 3, fillOpacity: 0.15 },
    });
    tool.layer = made.getLayers()[0];
    tool.layer.addTo(map);
    tool.layer.pm.enable({ allowSelfIntersection: true, snappable: false });
    tool.layer.on("pm:markerdrag", told);
    tool.layer.on("pm:markerdragend pm:vertexadded pm:vertexremoved", function () {
      remember();
      told();
    });
  }

  function remember() {
    tool.past.push(tool.layer.toGeoJSON(DIGITS).geometry);
  }

  function undo() {
    if (tool.mode === "edit") {
      if (tool.past.length > 1) {
        tool.past.pop();
        hold(tool.past[tool.past.length - 1]);
        told();
      }
    } else if (tool.shape && !tool.isDone) {
      if (corners().length > 1) {
        pen()._removeLastVertex();
      } else {
        map.pm.disableDraw();
        draw();
      }
      told();
    } else if (tool.from) {
      setGhost(tool.from);
    }
  }

  function finish() {
    if (tool.ghost) {
      pencil.finished(JSON.stringify(state()));
    } else if (tool.layer) {
      pencil.finished(JSON.stringify(state()));
    } else if (tool.shape && !tool.isDone) {
      if (corners().length < (tool.shape === "Polygon" ? 3 : 2)) {
        pencil.tooShort();
      } else {
        pen()._finishShape();
      }
    } else {
      pencil.tooShort();
    }
  }

  function place(at) {
    if (tool.mode === "move" || tool.mode === "add") {
      setGhost(at);
      bringIntoView(at, 13);
    } else if (tool.shape && !tool.isDone) {
      bringIntoView(at, 0);
      map.fire("mousemove", { latlng: at });
      map.fire("click", { latlng: at });
    }
  }

  // --- what the program is told ----------------------------------------------------------------

  function state() {
    var told = { mode: tool.mode, zoom: map.getZoom() };
    if (tool.ghost) {
      var at = tool.ghost.getLatLng().wrap();
      told.lat = Number(at.lat.toFixed(DIGITS));
      told.lon = Number(at.lng.toFixed(DIGITS));
    } else if (tool.layer) {
      told.geometry = tool.layer.toGeoJSON(DIGITS).geometry;
    } else if (tool.shape) {
      told.geometry = sofar();
    }
    return told;
  }

  // What would be if the next click came where the pointer is.
  function sofar() {
    var path = corners();
    if (tool.pointer && path.length > 0 && !isSame(tool.pointer, path[path.length - 1])) {
      path = path.concat([tool.pointer]);
    }
    if (path.length < 2) {
      return null;
    }
    if (tool.shape === "Polygon" && path.length < 3) {
      return { type: "LineString", coordinates: lineOf(path) };
    }
    return geometryOf(path);
  }

  function lineOf(path) {
    return path.map(function (at) {
      return [at.lng, at.lat];
    });
  }

  // At most once for each picture: a drag sends hundreds of events.
  function told() {
    if (!isTold) {
      return;
    }
    isTold = false;
    requestAnimationFrame(function () {
      isTold = true;
      if (tool && pencil && !tool.isDone) {
        pencil.changed(JSON.stringify(state()));
      }
    });
  }

  function figure(wish) {
    if (tool.label) {
      tool.label.remove();
      tool.label = null;
    }
    if (tool.cross) {
      tool.cross.remove();
      tool.cross = null;
    }
    if (wish.text && wish.lat !== undefined) {
      tool.label = L.tooltip([wish.lat, wish.lon], {
        permanent: true,
        direction: "top",
        offset: [0, -14],
        className: "figure",
        content: page.element("span", "", wish.text),
        interactive: false,
      }).addTo(tool.parts);
    }
    if (wish.cross) {
      tool.cross = L.circleMarker([wish.cross[1], wish.cross[0]], {
        pane: PANE,
        className: "crossing",
        radius: 13,
        weight: 3,
        interactive: false,
      }).addTo(tool.parts);
    }
  }

  // --- mouse and keys --------------------------------------------------------------------------

  function onClick(event) {
    if (tool && (tool.mode === "move" || tool.mode === "add")) {
      setGhost(event.latlng);
    } else if (tool && tool.shape) {
      told();
    }
  }

  function onDoubleClick(event) {
    if (tool && (tool.ghost || tool.layer)) {
      L.DomEvent.stop(event.originalEvent || event);
      finish();
    }
  }

  function onPointer(event) {
    if (tool && tool.shape && !tool.isDone) {
      tool.pointer = event.latlng;
      told();
    }
  }

  function onKey(event) {
    if (/^(INPUT|SELECT|TEXTAREA|BUTTON)$/.test(event.target.tagName || "")) {
      return;
    }
    var isUndo = (event.ctrlKey || event.metaKey) && event.code === "KeyZ" && !event.shiftKey;
    if (!tool) {
      if (isUndo || ((event.ctrlKey || event.metaKey) && /^Key[YZ]$/.test(event.code))) {
        eat(event);
        pencil.undoWanted(isUndo);
      }
      return;
    }
    if (isUndo || event.key === "Backspace" || event.key === "Delete") {
      eat(event);
      undo();
    } else if (event.key === "Escape") {
      eat(event);
      pencil.givenUp();
    } else if (event.key === "Enter") {
      eat(event);
      finish();
    } else if (ARROWS[event.key]) {
      arrow(event);
    } else if (event.key === " " && tool.shape && !tool.isDone && tool.pointer) {
      eat(event);
      map.fire("click", { latlng: tool.pointer });
    }
  }

  function arrow(event) {
    var step = event.shiftKey ? LARGE_STEP : STEP;
    var way = ARROWS[event.key];
    if (tool.mode === "move" || tool.mode === "add") {
      eat(event);
      nudge(way[0] * step, way[1] * step);
    } else if (tool.shape && !tool.isDone) {
      eat(event);
      var here = map.latLngToContainerPoint(tool.pointer || map.getCenter());
      map.fire("mousemove", {
        latlng: map.containerPointToLatLng(here.add([way[0] * step, way[1] * step])),
      });
    }
  }

  function eat(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  window.GeoparkDrawing = { start: start, connect: connect };
})();
