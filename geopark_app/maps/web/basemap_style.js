// How vector tiles are drawn: our own colours, Vietnamese names first, for the layers of Protomaps,
// of OpenMapTiles and of QGIS; what has another name is drawn plainly. National borders of foreign
// tiles are left out: which line is shown is the office's to say, by its own layers.
(function () {
  "use strict";

  var LOOKS = {
    light: {
      ground: "#f7f4ec", green: "#dfe8cf", farm: "#eef0dc", built: "#ece7df", water: "#b9d7e6",
      stream: "#8fbcd3", building: "#ddd5ca", road: "#ffffff", edge: "#cbbfae", major: "#fbe3b5",
      majorEdge: "#d2ab62", highway: "#f6c78d", highwayEdge: "#c98b45", path: "#b59f84",
      rail: "#8d8d93", border: "#b3a6b9", text: "#3f4a52", soft: "#66727b", waterText: "#2d6a8a",
      halo: "#ffffff", plain: "#7b8a94", plainFill: "#e3e8ea", damage: "#a5433a",
    },
    contrast: {
      ground: "#ffffff", green: "#f0f0f0", farm: "#ffffff", built: "#f5f5f5", water: "#c4dcf2",
      stream: "#1f5fa8", building: "#c9c9c9", road: "#ffffff", edge: "#555555", major: "#ffe08a",
      majorEdge: "#000000", highway: "#ffb95c", highwayEdge: "#000000", path: "#444444",
      rail: "#222222", border: "#555555", text: "#000000", soft: "#1c1c1c", waterText: "#003c78",
      halo: "#ffffff", plain: "#333333", plainFill: "#eeeeee", damage: "#900000",
    },
  };
  var FONT = '"Noto Sans", "Segoe UI", Arial, sans-serif';
  var GREEN = /forest|wood|park|reserve|protected|scrub|grass|orchard|cemetery|vegetation/;
  var FARM = /farm|crop|meadow|paddy|agric/;
  var BUILT = /residential|industrial|commercial|urban|school|hospital|university|military|retail/;
  var HIGHWAY = /^(highway|motorway|trunk)/;
  var MAJOR = /^(major_road|medium_road|primary|secondary)/;
  var PATH = /^(path|track|footway|steps|cycleway|pedestrian|other)/;
  var RAIL = /^(rail|railway|transit)/;
  var POINT = 1;
  var LINE = 2;
  var AREA = 3;

  var FAMILIES = {
    earth: "ground", land: "ground",
    landcover: "cover", landuse: "cover", park: "cover", globallandcover: "cover", natural: "cover",
    water: "water", ocean: "water", waterway: "water", physical_line: "water", rivers: "water",
    buildings: "building", building: "building",
    roads: "road", transportation: "road", transit: "road", road: "road",
    boundaries: "border", boundary: "border",
    places: "place", place: "place", physical_point: "place",
    water_name: "water_name", transportation_name: "road_name",
    pois: "poi", poi: "poi",
    mask: "none", housenumber: "none", aeroway: "none", aerodrome_label: "none",
    mountain_peak: "poi",
  };

  function kindOf(feature) {
    var props = feature.props;
    return String(props.kind || props["pmap:kind"] || props.class || props.subclass || props.type || "");
  }

  function detailOf(feature) {
    var props = feature.props;
    return String(props.kind_detail || props["pmap:kind_detail"] || props.class || kindOf(feature));
  }

  // Names of countries and their borders come from abroad: they are not drawn.
  function isNational(feature) {
    var props = feature.props;
    var level = Number(props.admin_level || props["pmap:min_admin_level"] || props.kind_detail);
    return kindOf(feature) === "country" || detailOf(feature) === "country" || level === 2 || props.maritime === 1;
  }

  function is(type, pattern) {
    return function (_zoom, feature) {
      return feature.geomType === type && (!pattern || pattern.test(kindOf(feature)));
    };
  }

  function width(stops) {
    return function (zoom) {
      return protomapsL.exp(1.5, stops)(zoom);
    };
  }

  function hatching(colour) {
    return protomapsL.createPattern(12, 12, function (_canvas, pen) {
      pen.strokeStyle = colour;
      pen.globalAlpha = 0.5;
      pen.lineWidth = 2.5;
      pen.beginPath();
      [-12, 0, 12].forEach(function (start) {
        pen.moveTo(start - 2, 14);
        pen.lineTo(start + 14, -2);
      });
      pen.stroke();
    });
  }

  function paintRules(layers, look) {
    var made = [];
    function add(layer, symbol, filter, lowest) {
      made.push({ dataLayer: layer, symbolizer: symbol, filter: filter, minzoom: lowest });
    }
    function fill(layer, colour, pattern, opacity) {
      add(layer, new protomapsL.PolygonSymbolizer({ fill: colour, opacity: opacity || 1 }), is(AREA, pattern));
    }
    function line(layer, colour, stops, pattern, lowest, dash) {
      var options = { color: colour, width: width(stops), lineCap: "round", lineJoin: "round" };
      if (dash) {
        options = { dash: dash, dashColor: colour, dashWidth: width(stops), width: width(stops), color: colour };
      }
      add(layer, new protomapsL.LineSymbolizer(options), is(LINE, pattern), lowest);
    }
    function roads(layer) {
      var small = /^(minor_road|minor|tertiary|residential|service|unclassified|street|road)/;
      line(layer, look.path, [[12, 0.6], [16, 1.6]], PATH, 13, [3, 3]);
      line(layer, look.rail, [[8, 0.6], [16, 2]], RAIL, 8, [6, 3]);
      line(layer, look.edge, [[10, 1], [13, 2.6], [17, 11]], small, 10);
      line(layer, look.majorEdge, [[8, 1.2], [12, 3.6], [17, 15]], MAJOR);
      line(layer, look.highwayEdge, [[7, 1.6], [12, 4.6], [17, 18]], HIGHWAY);
      line(layer, look.road, [[11, 0], [13, 1.4], [17, 9]], small, 11);
      line(layer, look.major, [[8, 0.6], [12, 2.2], [17, 12]], MAJOR);
      line(layer, look.highway, [[7, 0.8], [12, 2.8], [17, 15]], HIGHWAY);
      var known = new RegExp([small, MAJOR, HIGHWAY, PATH, RAIL].map(function (one) {
        return one.source;
      }).join("|"));
      add(
        layer,
        new protomapsL.LineSymbolizer({ color: look.edge, width: width([[8, 0.8], [16, 3]]) }),
        function (_zoom, feature) {
          return feature.geomType === LINE && !known.test(kindOf(feature)) && !/ferry/.test(kindOf(feature));
        }
      );
    }
    var draw = {
      ground: function (layer) {
        fill(layer, look.ground, null);
      },
      cover: function (layer) {
        fill(layer, look.farm, FARM);
        fill(layer, look.built, BUILT);
        fill(layer, look.green, GREEN);
      },
      water: function (layer) {
        fill(layer, look.water, null);
        line(layer, look.stream, [[8, 0.8], [12, 1.8], [16, 5]], /^(river|canal|)$/);
        line(layer, look.stream, [[12, 0.5], [16, 1.6]], /stream|ditch|drain/, 12);
      },
      building: function (layer) {
        add(layer, new protomapsL.PolygonSymbolizer({ fill: look.building }), is(AREA), 14);
      },
      road: roads,
      border: function (layer) {
        var options = { dash: [5, 3], dashColor: look.border, dashWidth: 1, width: 1, color: look.border };
        add(layer, new protomapsL.LineSymbolizer(options), function (_zoom, feature) {
          return feature.geomType === LINE && !isNational(feature);
        });
      },
      plain: function (layer) {
        add(
          layer,
          new protomapsL.PolygonSymbolizer({ fill: look.plainFill, opacity: 0.6, stroke: look.plain, width: 1 }),
          is(AREA)
        );
        line(layer, look.plain, [[8, 1], [16, 2.5]], null);
        add(layer, new protomapsL.CircleSymbolizer({ radius: 3, fill: look.plain, stroke: look.halo, width: 1 }), is(POINT));
      },
    };
    var order = ["ground", "cover", "plain", "water", "building", "border", "road"];
    order.forEach(function (family) {
      layers.forEach(function (layer) {
        if ((FAMILIES[layer] || "plain") === family) {
          draw[family](layer);
        }
      });
    });
    add("geopark_damaged", new protomapsL.PolygonSymbolizer({ pattern: hatching(look.damage), fill: look.damage }), is(AREA));
    return made;
  }

  function labelRules(layers, look, lang, words) {
    var names = ["name:" + lang, "name_" + lang, "name:vi", "name", "name:latin", "ten", "Ten", "NAME"];
    var made = [];
    function style(size, weight, colour, more) {
      return Object.assign(
        { labelProps: names, fill: colour, stroke: look.halo, width: 2, font: weight + " " + size + "px " + FONT },
        more
      );
    }
    function add(layer, symbol, filter, lowest, highest) {
      made.push({ dataLayer: layer, symbolizer: symbol, filter: filter, minzoom: lowest, maxzoom: highest });
    }
    function inMiddle(options) {
      var centred = new protomapsL.CenteredTextSymbolizer(options);
      return {
        place: function (layout, geom, feature) {
          var box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
          geom[0].forEach(function (point) {
            box.left = Math.min(box.left, point.x);
            box.right = Math.max(box.right, point.x);
            box.top = Math.min(box.top, point.y);
            box.bottom = Math.max(box.bottom, point.y);
          });
          if (box.right - box.left < 40) {
            return undefined;
          }
          var middle = geom[0][0].clone();
          middle.x = (box.left + box.right) / 2;
          middle.y = (box.top + box.bottom) / 2;
          return centred.place(layout, [[middle]], feature);
        },
      };
    }
    function town(layer, pattern, size, weight, lowest) {
      add(
        layer,
        new protomapsL.GroupSymbolizer([
          new protomapsL.CircleSymbolizer({ radius: 2.5, fill: look.soft, stroke: look.halo, width: 1 }),
          new protomapsL.OffsetTextSymbolizer(style(size, weight, look.text, { offsetX: 5, offsetY: 3 })),
        ]),
        function (_zoom, feature) {
          return feature.geomType === POINT && !isNational(feature) && pattern.test(detailOf(feature));
        },
        lowest
      );
    }
    var label = {
      place: function (layer) {
        town(layer, /city|capital|region|province/, 17, 700, 6);
        town(layer, /town/, 15, 600, 8);
        town(layer, /village|suburb|quarter|locality/, 13, 500, 11);
        town(layer, /hamlet|neighbourhood|isolated/, 12.5, 400, 13);
      },
      road: function (layer) {
        add(layer, new protomapsL.LineLabelSymbolizer(style(12.5, 500, look.soft)), is(LINE, HIGHWAY), 10);
        add(layer, new protomapsL.LineLabelSymbolizer(style(12.5, 500, look.soft)), is(LINE, MAJOR), 11);
        add(layer, new protomapsL.LineLabelSymbolizer(style(12, 400, look.soft)), is(LINE), 14);
      },
      water: function (layer) {
        var italic = { font: "italic 500 13px " + FONT };
        add(layer, new protomapsL.LineLabelSymbolizer(style(11, 500, look.waterText, italic)), is(LINE), 9);
        add(layer, inMiddle(style(11, 500, look.waterText, italic)), is(AREA), 11);
        add(layer, new protomapsL.CenteredTextSymbolizer(style(11, 500, look.waterText, italic)), is(POINT), 11);
      },
      poi: function (layer) {
        town(layer, /./, 10.5, 400, 15);
      },
      plain: function (layer) {
        add(layer, new protomapsL.OffsetTextSymbolizer(style(11, 500, look.text, { offsetX: 5, offsetY: 3 })), is(POINT), 10);
        add(layer, new protomapsL.LineLabelSymbolizer(style(11, 400, look.soft)), is(LINE), 12);
        add(layer, inMiddle(style(11, 500, look.soft)), is(AREA), 10);
      },
    };
    add(
      "geopark_damaged",
      new protomapsL.CenteredTextSymbolizer({
        labelProps: function (_zoom, feature) {
          feature.props.words = words;
          return ["words"];
        },
        fill: look.damage,
        stroke: look.halo,
        width: 3,
        font: "600 13px " + FONT,
      }),
      is(POINT)
    );
    var families = { place: "place", road: "road", road_name: "road", water: "water", water_name: "water", poi: "poi", plain: "plain" };
    ["place", "water", "water_name", "road", "road_name", "plain", "poi"].forEach(function (family) {
      layers.forEach(function (layer) {
        if ((FAMILIES[layer] || "plain") === family) {
          label[families[family]](layer);
        }
      });
    });
    return made;
  }

  // Gives the options of protomaps-leaflet for the layers a file has.
  function styleFor(layers, lookName, lang, damagedWords) {
    var look = LOOKS[lookName] || LOOKS.light;
    return {
      paintRules: paintRules(layers, look),
      labelRules: labelRules(layers, look, lang, damagedWords),
      lang: lang,
    };
  }

  window.GeoparkBasemapStyle = { styleFor: styleFor };
})();
