import Testing

@Test(arguments: [
  ("Cuesta 3,50 €.", "Cuesta tres euros con cincuenta céntimos."),
  ("Queda 1 € aquí.", "Queda un euro aquí."),
  ("Por 0,99 € solo.", "Por noventa y nueve céntimos solo."),
  ("Son 21 € cada uno.", "Son veintiún euros cada uno."),
  ("Son 200 £ al mes.", "Son doscientas libras al mes."),
  ("El 5 de enero de 2024.", "El cinco de enero de dos mil veinticuatro."),
  ("El 1 de mayo.", "El primero de mayo."),
  ("El 05/01/2024 por la tarde.", "El cinco de enero de dos mil veinticuatro por la tarde."),
  ("El 2024-12-31.", "El treinta y uno de diciembre de dos mil veinticuatro."),
  ("Nació el 12 oct. 1990.", "Nació el doce de octubre de mil novecientos noventa."),
  ("A las 14:30 en punto.", "A las catorce y treinta en punto."),
  ("A la 1:00 de la tarde.", "A la una de la tarde."),
  ("A las 21:15 empieza.", "A las veintiuna y quince empieza."),
  ("A las 5 p.m. salimos.", "A las cinco de la tarde salimos."),
  ("A las 10:00 am.", "A las diez de la mañana."),
  ("Faltan 5 km todavía.", "Faltan cinco kilómetros todavía."),
  ("A 120 km/h.", "A ciento veinte kilómetros por hora."),
  ("Pesa 1 kg.", "Pesa un kilogramo."),
  ("Añade 250g de harina.", "Añade doscientos cincuenta gramos de harina."),
  ("Son 1,5 l de agua.", "Son uno coma cinco litros de agua."),
  ("Tiene 16 GB libres.", "Tiene dieciséis gigabytes libres."),
  ("Hace 20 °C.", "Hace veinte grados Celsius."),
  ("Hace -5 °C.", "Hace menos cinco grados Celsius."),
  ("Un 25 % más.", "Un veinticinco por ciento más."),
  ("Un 3,5% más.", "Un tres coma cinco por ciento más."),
  ("Pi es 3,14.", "Pi es tres coma catorce."),
  (
    "Son 1.234.567 personas.",
    "Son un millón doscientos treinta y cuatro mil quinientos sesenta y siete personas."
  ),
  ("Unos 5\u{A0}000 km.", "Unos cinco mil kilómetros."),
  ("El 2º piso.", "El segundo piso."),
  ("La 3ª vez.", "La tercera vez."),
  ("El 1.º de la fila.", "El primero de la fila."),
  ("Páginas 5–10.", "Páginas cinco a diez."),
  ("Entre 1990–1995.", "Entre mil novecientos noventa y mil novecientos noventa y cinco."),
  ("Toma 3-4 kg.", "Toma tres a cuatro kilogramos."),
  (
    "Llama al +34 91 123 45 67.",
    "Llama al más tres cuatro, nueve uno, uno dos tres, cuatro cinco, seis siete."
  ),
  ("Añade 1/2 taza.", "Añade un medio taza."),
  ("Son 2/3 del total.", "Son dos tercios del total."),
  ("Tras 1½ días.", "Tras uno y medio días."),
  ("La versión 2.0.1 salió.", "La versión dos punto cero punto uno salió."),
  ("Abre informe.pdf ya.", "Abre informe punto pdf ya."),
  ("Desde 1999 aquí.", "Desde mil novecientos noventa y nueve aquí."),
  ("Véase capítulo IV.", "Véase capítulo cuatro."),
  ("Felipe II reinó.", "Felipe segundo reinó."),
  ("Luis XIV reinó.", "Luis catorce reinó."),
])
func `Spanish numbers are read as a reader would`(written: String, spoken: String) {
  #expect(spelled(written, "es") == spoken)
}

@Test(arguments: [
  "Tengo 2 gatos.", "Quedaron 3-1.", "El bus 42 llega.", "MP3 y B2B.", "Tengo 5.", "Página 12.",
])
func `what is unsure in Spanish is left to the engine`(text: String) {
  #expect(spelled(text, "es") == text)
}
