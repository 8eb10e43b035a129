# « copain run » : ce que lit la personne qui fait tourner Copain.

run-no-platform = Aucune plateforme n'est en service. Ajoutez la table [slack] ou [matrix] à la configuration; sans elle, « copain demo » montre tout dans le terminal.
run-platform-later = La plateforme { $platform } arrive avec une prochaine version; le reste démarre.
run-stopped = La plateforme { $platform } ne peut pas continuer. { $fault }
run-unbuilt = La plateforme { $platform } ne démarre pas (référence { $reference }). Le détail est dans la ligne au-dessus.
run-no-page = La page de santé reste fermée : { $address } est déjà pris, ou n'est pas permis. Changez [web] dans la configuration; le reste tourne.
