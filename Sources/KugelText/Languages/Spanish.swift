extension SentenceRules {
  static let spanish = SentenceRules(
    never: """
      D Cap EE
      sr sra srta sres sras srtas dña da dr dra dres dras prof profa lic ing arq abg mtro mtra
      fr sto sta hno hna mons exc excmo excma ilmo ilma gral cnel tte sgto cmte pdte pte
      av avda c/ ctra pza pl p.ej p.e ej i.e cf cfr aprox ca tel tfno dpto depto gob rte vda
      """,
    mayEnd: """
      ud vd
      etc uds vds ee.uu ee.uu.aa s.a s.l s.r.l cía cia a.c d.c a.m p.m n.b p.s máx mín
      ene feb mar abr may jun jul ago sept oct nov dic lun mié jue vie sáb dom
      """,
    beforeNumber: "n núm núms nº pág págs p pp art arts fig figs vol cap caps t tomo",
    starters: """
      el la los las lo un una unos unas él ella ellos ellas nosotros yo tú usted ustedes este esta
      esto ese esa eso aquel pero y o ni si cuando que qué quién cómo dónde por para en a al con sin
      después antes entonces luego también no sí su sus mi mis tu tus hay es era fue
      """)
}
