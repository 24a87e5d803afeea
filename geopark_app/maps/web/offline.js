// What the map in one file has and the one in the window has not: search without accents, a panel
// with routes, layers and further sheets, photos, two languages at a press. Texts are only ever
// set as text, never as HTML: they come from other laptops.
(function () {
  "use strict";

  var MOST_HITS = 60;
  var WIDE_PX = 760;

  var map, page, data;
  var panel, body, tab;
  var query = "";
  var tabs = {};
  var chosenRoute = "";
  var routeLayer = null;
  var folded = {};

  function read() {
    var node = document.getElementById("offline");
    return node ? JSON.parse(node.textContent) : null;
  }

  function start(onMap, ofPage) {
    data = read();
    if (!data) {
      return;
    }
    map = onMap;
    page = ofPage;
    page.fillCard = fillCard;
    document.documentElement.classList.toggle("no-readiness", !data.has_readiness);
    data.sites.forEach(function (site) {
      folded[site.id] = fold(
        [site.code, site.name_vi, site.name_en, site.commune, site.kind.vi, site.kind.en].join(" ")
      );
    });
    GeoparkShapes.start({ map: map, page: page });
    GeoparkShapes.show({ shapes: data.shapes });
    GeoparkOverlays.show({ layers: data.layers });
    routeLayer = L.layerGroup().addTo(map);
    map.createPane("stops").style.zIndex = 650;
    build();
    speak(page.language());
    resize();
    window.addEventListener("resize", resize);
  }

  // Without accents, as people type on a phone.
  function fold(text) {
    return text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[đĐ]/g, "d")
      .toLowerCase();
  }

  function word(key) {
    return data.texts[page.language()][key];
  }

  function inLanguage(pair) {
    return page.language() === "en" ? pair.en || pair.vi : pair.vi || pair.en;
  }

  function siteOf(id) {
    return data.sites.find(function (site) {
      return site.id === id;
    });
  }

  // --- panel -----------------------------------------------------------------------------------

  function build() {
    panel = page.element("aside", "panel");
    body = page.element("div", "panel-body");
    document.body.appendChild(panel);
    tab = "sites";
    // On a phone the map comes first, the list is one press away.
    document.body.classList.toggle("is-folded", window.innerWidth < WIDE_PX);
  }

  function draw() {
    var input = panel.querySelector(".search");
    var hadFocus = input && document.activeElement === input;
    panel.replaceChildren(head(), tabRow(), body);
    drawBody();
    if (hadFocus) {
      panel.querySelector(".search").focus();
    }
  }

  function head() {
    var box = page.element("header", "panel-head");
    var row = page.element("div", "panel-title");
    row.appendChild(page.element("h1", "", inLanguage(data.title)));
    var other = page.language() === "en" ? "vi" : "en";
    var change = button("tongue", other === "vi" ? "Tiếng Việt" : "English", function () {
      speak(other);
      panel.querySelector(".tongue").focus();
    });
    change.lang = other;
    row.appendChild(change);
    var isFolded = document.body.classList.contains("is-folded");
    var fold = button("fold", word(isFolded ? "list" : "map"), function () {
      document.body.classList.toggle("is-folded");
      draw();
      resize();
      panel.querySelector(".fold").focus();
    });
    fold.setAttribute("aria-expanded", String(!isFolded));
    row.appendChild(fold);
    box.appendChild(row);
    box.appendChild(page.element("p", "panel-note", inLanguage(data.note)));
    return box;
  }

  function button(className, words, deed) {
    var made = page.element("button", className, words);
    made.type = "button";
    made.addEventListener("click", deed);
    return made;
  }

  function tabRow() {
    var row = page.element("nav", "tabs");
    tabs = { sites: word("sites") };
    if (data.routes.length > 0) {
      tabs.routes = word("routes");
    }
    if (data.layers.length > 0) {
      tabs.layers = word("layers");
    }
    data.sections.forEach(function (section) {
      tabs["section-" + section.key] = inLanguage(section.title);
    });
    Object.keys(tabs).forEach(function (key) {
      var made = button("tab", tabs[key], function () {
        tab = key;
        draw();
        panel.querySelector(".tab[aria-current]").focus();
      });
      if (key === tab) {
        made.setAttribute("aria-current", "true");
      }
      row.appendChild(made);
    });
    return row;
  }

  function drawBody() {
    body.replaceChildren();
    body.scrollTop = 0;
    if (tab === "sites") {
      drawSites();
    } else if (tab === "routes") {
      drawRoutes();
    } else if (tab === "layers") {
      drawLayers();
    } else {
      drawSection(
        data.sections.find(function (section) {
          return "section-" + section.key === tab;
        })
      );
    }
  }

  function drawSites() {
    var input = page.element("input", "search");
    input.type = "search";
    input.value = query;
    input.placeholder = word("search");
    input.setAttribute("aria-label", word("search"));
    input.addEventListener("input", function () {
      query = input.value;
      hits(list);
    });
    input.addEventListener("keydown", function (event) {
      var first = list.querySelector("button");
      if (event.key === "Enter" && first) {
        first.click();
      } else if (event.key === "ArrowDown" && first) {
        event.preventDefault();
        first.focus();
      }
    });
    var list = page.element("div", "hits");
    body.appendChild(input);
    body.appendChild(list);
    hits(list);
  }

  function hits(list) {
    var words = fold(query).split(/\s+/).filter(Boolean);
    var found = data.sites.filter(function (site) {
      return words.every(function (one) {
        return folded[site.id].indexOf(one) >= 0;
      });
    });
    list.replaceChildren();
    list.appendChild(
      page.element("p", "count", word("count").replace("{count}", String(found.length)))
    );
    found.slice(0, MOST_HITS).forEach(function (site) {
      list.appendChild(hit(site));
    });
    if (found.length > MOST_HITS) {
      list.appendChild(page.element("p", "count", word("more")));
    }
  }

  function hit(site) {
    var made = button("hit", "", function () {
      go(site.id);
    });
    made.appendChild(page.element("span", "hit-name", page.nameOf(site)));
    var below = [site.code, inLanguage(site.kind), site.commune].filter(Boolean).join(" · ");
    made.appendChild(page.element("span", "hit-line", below));
    return made;
  }

  function go(id) {
    var site = siteOf(id);
    if (!site) {
      return;
    }
    if (site.placed) {
      if (map.getSize().x < WIDE_PX) {
        document.body.classList.add("is-folded");
        draw();
        resize();
      }
      page.select(id);
      return;
    }
    body.replaceChildren(
      button("back", "← " + word("back"), function () {
        drawBody();
      })
    );
    var card = page.element("div", "card");
    card.appendChild(page.element("div", "card-name", page.nameOf(site)));
    card.appendChild(page.element("div", "card-line", site.code + " · " + inLanguage(site.kind)));
    card.appendChild(page.element("div", "card-note", word("unplaced")));
    fillCard(card, id);
    body.appendChild(card);
  }

  // --- cards -----------------------------------------------------------------------------------

  function fillCard(box, id) {
    var site = siteOf(id);
    if (!site) {
      return;
    }
    if (site.stop) {
      box.appendChild(page.element("div", "card-line card-stop", inLanguage(site.stop)));
    }
    if (site.photos.length > 0) {
      box.appendChild(photoRow(site));
    }
    if (inLanguage(site.summary)) {
      box.appendChild(page.element("p", "card-text", inLanguage(site.summary)));
    }
    site.lines.forEach(function (line) {
      var row = page.element("p", "card-fact");
      row.appendChild(page.element("b", "", inLanguage(line[0]) + ": "));
      row.appendChild(page.element("span", "", inLanguage(line[1])));
      box.appendChild(row);
    });
  }

  function photoRow(site) {
    var row = page.element("div", "card-photos");
    site.photos.forEach(function (photo, place) {
      var made = button("card-photo", "", function () {
        GeoparkPictures.show(pictures(site), place);
      });
      var image = page.element("img");
      image.src = GeoparkPictures.sourceOf(photo.id);
      image.alt = inLanguage(photo.alt) || inLanguage(photo.caption) || page.nameOf(site);
      made.appendChild(image);
      row.appendChild(made);
    });
    return row;
  }

  function pictures(site) {
    return {
      name: page.nameOf(site),
      words: { before: word("before"), next: word("next"), close: word("close") },
      photos: site.photos.map(function (photo) {
        var caption = inLanguage(photo.caption);
        return {
          source: GeoparkPictures.sourceOf(photo.id),
          alt: inLanguage(photo.alt) || caption,
          line: [caption, photo.credit].filter(Boolean).join(" — "),
        };
      }),
    };
  }

  // --- routes ----------------------------------------------------------------------------------

  function drawRoutes() {
    data.routes.forEach(function (route) {
      var made = button("route", "", function () {
        chooseRoute(route.id === chosenRoute ? "" : route.id);
        drawBody();
      });
      made.setAttribute("aria-expanded", String(route.id === chosenRoute));
      var sign = page.element("span", "route-sign", String(route.number || "–"));
      sign.style.setProperty("--route", route.colour);
      made.appendChild(sign);
      made.appendChild(page.element("span", "hit-name", page.nameOf(route)));
      body.appendChild(made);
      if (route.id === chosenRoute) {
        body.appendChild(stopList(route));
      }
    });
  }

  function stopList(route) {
    var list = page.element("ol", "stops");
    route.stops.forEach(function (stop) {
      var row = page.element("li");
      row.value = stop.number;
      var site = stop.site ? siteOf(stop.site) : null;
      if (site) {
        row.appendChild(
          button("stop", page.nameOf(stop), function () {
            go(stop.site);
          })
        );
      } else {
        row.appendChild(page.element("span", "", page.nameOf(stop)));
      }
      list.appendChild(row);
    });
    return list;
  }

  function chooseRoute(id) {
    chosenRoute = id;
    routeLayer.clearLayers();
    GeoparkShapes.choose(id);
    var route = data.routes.find(function (one) {
      return one.id === id;
    });
    if (!route) {
      return;
    }
    var placed = route.stops.filter(function (stop) {
      return stop.lat !== null;
    });
    var path = placed.map(function (stop) {
      return [stop.lat, stop.lon];
    });
    signs(placed).forEach(function (sign) {
      L.marker(sign.at, {
        pane: "stops",
        keyboard: false,
        interactive: false,
        icon: L.divIcon({
          className: "stop-frame",
          html: stopSign(route, sign.numbers),
          iconSize: [0, 0],
          iconAnchor: [-6, 30],
        }),
      }).addTo(routeLayer);
    });
    if (path.length > 1 && !route.has_line) {
      // Only the order of the stops: nobody has drawn the road yet.
      L.polyline(path, {
        color: route.colour,
        weight: 2,
        dashArray: "3 7",
        pane: "shapes",
        interactive: false,
      }).addTo(routeLayer);
    }
    if (path.length > 0) {
      map.fitBounds(path, { padding: [60, 60], maxZoom: 12, animate: false });
    }
  }

  // Stops that are known by one commune stand on one point: one sign bears all their numbers.
  function signs(stops) {
    var found = {};
    stops.forEach(function (stop) {
      var key = stop.lat + " " + stop.lon;
      found[key] = found[key] || { at: [stop.lat, stop.lon], numbers: [] };
      found[key].numbers.push(stop.number);
    });
    return Object.values(found);
  }

  function stopSign(route, numbers) {
    var sign = page.element("span", "route-sign", numbers.join(", "));
    sign.style.setProperty("--route", route.colour);
    return sign;
  }

  // --- layers, further sheets -------------------------------------------------------------------

  function drawLayers() {
    data.layers.forEach(function (layer) {
      var row = page.element("label", "layer");
      var box = page.element("input");
      box.type = "checkbox";
      box.checked = layer.visible;
      box.addEventListener("change", function () {
        layer.visible = box.checked;
        GeoparkOverlays.show({ layers: data.layers });
      });
      row.appendChild(box);
      var dot = page.element("span", "layer-dot");
      dot.style.setProperty("--layer", layer.colour);
      row.appendChild(dot);
      row.appendChild(page.element("span", "", page.nameOf(layer)));
      var source = [layer.date, layer.source].filter(Boolean).join(" · ");
      if (source) {
        row.appendChild(page.element("span", "layer-source", source));
      }
      body.appendChild(row);
    });
  }

  function drawSection(section) {
    section.blocks.forEach(function (block) {
      var box = page.element("section", "sheet");
      if (inLanguage(block.heading)) {
        box.appendChild(page.element("h2", "", inLanguage(block.heading)));
      }
      block.paragraphs.forEach(function (text) {
        box.appendChild(page.element("p", "", inLanguage(text)));
      });
      if (block.rows.length > 0) {
        box.appendChild(table(block.rows));
      }
      if (block.site && siteOf(block.site)) {
        box.appendChild(
          button("show", word("show"), function () {
            go(block.site);
          })
        );
      }
      body.appendChild(box);
    });
  }

  function table(rows) {
    var made = page.element("table");
    rows.forEach(function (row) {
      var line = page.element("tr");
      line.appendChild(page.element("th", "", inLanguage(row[0])));
      line.appendChild(page.element("td", "", inLanguage(row[1])));
      made.appendChild(line);
    });
    return made;
  }

  // --- language and size -----------------------------------------------------------------------

  function speak(language) {
    page.features().forEach(function (feature) {
      var site = siteOf(feature.id);
      if (site) {
        feature.properties.kind_label = language === "en" ? site.kind.en || site.kind.vi : site.kind.vi;
      }
    });
    page.setLanguage(language);
    document.title = inLanguage(data.title);
    draw();
  }

  function resize() {
    var bar = panel.querySelector(".panel-head");
    if (bar) {
      document.documentElement.style.setProperty("--bar", bar.offsetHeight + "px");
    }
    map.invalidateSize({ animate: false });
  }

  window.GeoparkOffline = { start: start };
})();
